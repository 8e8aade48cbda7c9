"""Saved messages and web pages: the words of the message, its subject as title."""

from email.message import EmailMessage

import pytest

from corpus.errors import UnreadableError
from ingest.detect import reader_for
from ingest.read import read_document
from ingest.readers.mail import open_mail
from tests.ingest.readers.compound_builder import compound

TABLE = (
    "<table><tr><td>序号</td><td>重点任务</td><td>责任单位</td></tr>"
    "<tr><td>1</td><td>整治排污口</td><td>市水利局</td></tr></table>"
)


def message(text: str = "", html: str = "", subject: str = "关于报送整改台账的通知") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "office@anlan.cn", "all@anlan.cn", subject
    mail["Date"] = "Fri, 30 Aug 2024 09:30:00 +0800"
    if text:
        mail.set_content(text, charset="gb18030")
    if html:
        (mail.add_alternative if text else mail.set_content)(html, subtype="html")
    return mail


def test_a_message_is_a_document_under_its_subject() -> None:
    document = read_document(bytes(message("各县（区）：\n请于9月10日前报送整改台账。\n")), "来信.eml")
    lines = document.text.splitlines()
    assert lines[0] == "关于报送整改台账的通知"
    assert lines[-1].endswith("请于9月10日前报送整改台账。")
    assert str(document.header.date) == "2024-08-30"


def test_a_message_sent_as_a_page_keeps_its_tables() -> None:
    document = read_document(bytes(message("见表", f"<html><body>{TABLE}</body></html>")), "来信.eml")
    assert "1\t整治排污口\t市水利局" in document.text


def test_a_saved_web_page_is_read_as_a_page() -> None:
    page = message(html=f"<html><body><p>安澜市重点任务分工表</p>{TABLE}</body></html>")
    data = bytes(page).replace(b"From: office@anlan.cn", b"From: <Saved by a browser>")
    assert "整治排污口" in read_document(data, "网页.mht").text


def test_a_page_that_word_saved_names_no_sender() -> None:
    page = f"<html><body><p>安澜市重点任务分工表</p>{TABLE}</body></html>"
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="PART"\r\n\r\n--PART\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        f"{page}\r\n--PART--\r\n"
    )
    assert "整治排污口" in read_document(data.encode("gbk"), "网页.mht").text


def test_attachments_and_forwarded_messages_are_kept_apart() -> None:
    mail = message("请查收。")
    mail.add_attachment(b"one", maintype="application", subtype="msword", filename="整改方案.doc")
    mail.add_attachment(message("转发。", subject="原件"))
    found = open_mail(bytes(mail), "来信.eml")
    assert [attachment.name for attachment in found.attachments] == ["整改方案.doc", "附件"]
    assert found.attachments[0].data == b"one"
    assert "原件" in open_mail(found.attachments[1].data, "原件.eml").subject


@pytest.mark.parametrize(
    ("data", "category"),
    [
        pytest.param(bytes(message()), "no-text", id="no words"),
        pytest.param(compound("__properties_version1.0"), "no-text", id="an empty container"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, category: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        reader_for(data, "来信").read(data, "来信")
    assert refused.value.problem.category == category


@pytest.mark.parametrize("header", [b"Content-Type: multipart/mixed", b"Content-Transfer-Encoding: base64"])
def test_broken_headers_do_no_harm(header: bytes) -> None:
    data = b"From: a\nSubject: x\n" + header + b"\n\n=?\xff\xfe not what it says\n"
    document = read_document(data, "来信.eml")
    assert document.text.startswith("x\n=?")
