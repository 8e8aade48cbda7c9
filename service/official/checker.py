"""Checks a docx against GB/T 9704-2012 and says what is wrong, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ingest.extract.numerals import whole_number
from service.official import paper
from service.official.fault import Fault
from service.official.opening import opened
from service.official.parts import DAY, NUMBER, Parts, parts_of, parts_of_text
from service.official.styled import Styled, styled_paragraphs

_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}(?P<mark>.)")
_SECOND = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)](?P<mark>.?)")
_THIRD = re.compile(r"^\d{1,2}(?P<mark>[.．、，,])(?!\d)")
_SIGNER = re.compile(r"签发人\s*(?P<mark>[:：]?)")
_GAP = re.compile(r"【[^】]*】")
_CONTACT = re.compile(r"联系人|联系电话|电话")
_ATTENDANCE = re.compile(r"(?:出席|请假|列席|缺席|主持|记录)\s*[:：]")
_HALF_WIDTH = re.compile(r"(?<=[一-龥])[,;:?!](?=[一-龥“《0-9]|$)|(?<=[一-龥])\((?=[^)]*[一-龥])")
_HEADING_END = re.compile(r"[。，；：、,;:]$")
_ATTACHMENT = re.compile(r"^附件(?P<mark>[:：]?)\s*(?:\d+[.．、])?(?P<name>.*)$")
_NUMERALS = ("", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十", "")
_NEXT_NAME = re.compile(r"\d{1,2}[.．]")
"""Further names of 附件说明, which stand below the first."""
_SHOWN = 30
_NO_PAGE = Fault("page_size", "文件没有页面设置，纸张应为A4（210mm×297mm）。")


def check_format(data: bytes) -> tuple[Fault, ...]:
    """Return the faults of form of a docx, the whole document's first, then by paragraph; () for none.

    Raises:
        ValueError: when the bytes are no docx.
        UnreadableError: when the archive is damaged or hostile.
    """
    return check_document(opened(data))


def check_document(document: WordDocument) -> tuple[Fault, ...]:
    """Return the faults of form of an open docx, as `check_format` does."""
    paragraphs = tuple(styled_paragraphs(document))
    parts = parts_of(paragraphs)
    faults = [*_page(document), *_page_numbers(document)] if len(document.sections) else [_NO_PAGE]
    for check in _CHECKS:
        faults.extend(check(parts))
    return tuple(sorted(faults, key=lambda fault: fault.paragraph or 0))


def check_words(lines: Iterable[tuple[int, str]]) -> tuple[Fault, ...]:
    """Return what is wrong with the words of a plain text, of which type and layout are not known.

    Lines come with their numbers: 文号, 成文日期, 附件说明, numbers of headings, marks of half width.
    """
    parts = parts_of_text(lines)
    found = [fault for check in (_check_number, _check_body, _check_attachments) for fault in check(parts)]
    if parts.day is not None:
        found.extend(_check_day(parts))
    return tuple(sorted(found, key=lambda fault: fault.paragraph or 0))


def _page(document: WordDocument) -> Iterator[Fault]:
    section = document.sections[0]
    width, height = section.page_width, section.page_height
    if (
        width is None
        or height is None
        or abs(width.mm - paper.WIDTH) > 1
        or abs(height.mm - paper.HEIGHT) > 1
    ):
        yield Fault("page_size", "纸张应为A4（210mm×297mm）。")
    edges = (
        ("上边距（天头）", section.top_margin, paper.TOP),
        ("左边距（订口）", section.left_margin, paper.LEFT),
        ("下边距", section.bottom_margin, paper.BOTTOM),
        ("右边距", section.right_margin, paper.RIGHT),
    )
    for name, margin, wanted in edges:
        if margin is not None and abs(margin.mm - wanted) > paper.TOLERANCE + 0.5:
            yield Fault("margin", f"{name}应为{wanted:g}mm，现为{margin.mm:.0f}mm。")


def _page_numbers(document: WordDocument) -> Iterator[Fault]:
    footer: Any = document.sections[0].footer._element
    words = "".join(node.text or "" for node in footer.iter(qn("w:t"), qn("w:instrText")))
    if "PAGE" not in words and not footer.findall(f".//{qn('w:fldSimple')}"):
        yield Fault("page_number", "没有页码。应在版心下边缘之下用4号半角宋体编页码，左右各放一条一字线。")
    elif "—" not in words and "－" not in words:
        yield Fault("page_number_dashes", "页码左右应各放一条一字线：— 1 —。")


def _check_number(parts: Parts) -> Iterator[Fault]:
    item = parts.number
    found = NUMBER.match(item.text) if item else None
    if item is None or found is None:
        return
    if (found["open"], found["close"]) != ("〔", "〕"):
        yield _fault("number_brackets", "发文字号的年份应用六角括号〔〕括起。", item)
    if found["ordinal"]:
        yield _fault("number_ordinal", "发文字号的顺序号不加“第”字。", item)
    if found["count"].startswith("0"):
        yield _fault("number_zero", "发文字号的顺序号不编虚位，1不编为01。", item)
    if len(found["year"]) != 4:
        yield _fault("number_year", "发文字号的年份应标全称，如2025。", item)


def _check_title(parts: Parts) -> Iterator[Fault]:
    if not parts.title:
        if not parts.is_minutes:
            yield Fault("title_missing", "没有找到居中的标题。")
        return
    first = parts.title[0]
    if "小标宋" not in first.font and "小標宋" not in first.font:
        yield _fault("title_font", f"标题应用小标宋体，现为{first.font or '默认字体'}。", first)
    if abs(first.size - paper.TITLE) > 0.5:
        yield _fault("title_size", f"标题应为2号（22磅），现为{first.size:g}磅。", first)
    if any(item.alignment != "center" for item in parts.title):
        yield _fault("title_alignment", "标题应居中。", first)
    if re.search(r"[。！？；]$", parts.title[-1].text):
        yield _fault("title_mark", "标题末尾不加标点。", parts.title[-1])


def _check_recipients(parts: Parts) -> Iterator[Fault]:
    if parts.recipients is None:
        return
    if parts.recipients.text.endswith(":"):
        yield _fault("recipients_colon", "主送机关后应用全角冒号。", parts.recipients)
    if parts.recipients.indented:
        yield _fault("recipients_indent", "主送机关应顶格书写。", parts.recipients)


def _check_body(parts: Parts) -> Iterator[Fault]:
    listing = False
    for item in parts.body:
        if abs(item.size - paper.BODY) > 0.5:
            yield _fault("body_size", f"正文应为3号（16磅），现为{item.size:g}磅。", item)
        if item.pitch is not None and not 28 <= item.pitch <= 30:
            yield _fault("line_pitch", f"行距应使每页排22行（固定值约29磅），现为{item.pitch:g}磅。", item)
        if _ATTENDANCE.match(item.text):
            continue
        listing = bool(_ATTACHMENT.match(item.text) or (listing and _NEXT_NAME.match(item.text)))
        if not item.indented and not listing and not _THIRD.match(item.text):
            yield _fault("indent", "段落首行应缩进两字。", item)
        yield from _check_words(item)
        yield from _check_heading(item)


def _check_words(item: Styled) -> Iterator[Fault]:
    found = _HALF_WIDTH.search(_GAP.sub("【】", item.text))
    if found:
        near = found.string[max(0, found.start() - 6) : found.end() + 6]
        yield Fault("half_width", f"汉字之间应用全角标点：“{near}”。", item.number, near)


def _check_heading(item: Styled) -> Iterator[Fault]:
    first, second, third = _FIRST.match(item.text), _SECOND.match(item.text), _THIRD.match(item.text)
    if first and first["mark"] in "、.．,，":
        if first["mark"] != "、":
            yield _fault("first_mark", "一级标题序号后应用顿号：一、。", item)
        yield from _font(item, "黑体", "first_font", "一级标题应用黑体")
        if _HEADING_END.search(item.text) and len(item.text) < 40:
            yield _fault("heading_end", "标题末尾不加标点。", item)
    elif second:
        if second["mark"] in "、.．,，":
            yield _fault("second_mark", "二级标题的括号序号后不加标点。", item)
        if len(item.text) < 40:
            yield from _font(item, "楷", "second_font", "二级标题应用楷体")
    else:
        yield from _font(item, "仿宋", "body_font", "正文应用仿宋体")
        if third and third["mark"] not in ".．":
            yield _fault("third_mark", "三级标题序号后应用圆点：1.。", item)


def _check_attachments(parts: Parts) -> Iterator[Fault]:
    for item in parts.body:
        found = _ATTACHMENT.match(item.text)
        if found is None or not found["name"]:
            continue
        if found["mark"] == ":":
            yield _fault("attachment_colon", "“附件”后应用全角冒号。", item)
        if re.search(r"[。；，]$", found["name"]):
            yield _fault("attachment_end", "附件名称后不加标点。", item)
        if found["name"].startswith("《"):
            yield _fault("attachment_name", "附件名称不加书名号。", item)


def _check_day(parts: Parts) -> Iterator[Fault]:
    item = parts.day
    found = DAY.match(item.text.split("\t")[-1]) if item else None
    if item is None or found is None:
        yield Fault("day_missing", "没有成文日期。")
        return
    if not all(found[name].isdecimal() and found[name].isascii() for name in ("year", "month", "day")):
        yield _fault("day_digits", "成文日期应用阿拉伯数字：2025年3月1日。", item)
    elif found["month"].startswith("0") or found["day"].startswith("0"):
        yield _fault("day_zero", "成文日期的月、日不编虚位，1不编为01。", item)


def _check_request(parts: Parts) -> Iterator[Fault]:
    """A request needs a contact, and exactly one addressee."""
    title = "".join(item.text for item in parts.title)
    if not title.endswith("请示"):
        return
    if parts.recipients is not None and re.search(r"[、，]", parts.recipients.text):
        yield _fault("request_recipients", "请示一般只写一个主送机关。", parts.recipients)
    if not any(_CONTACT.search(item.text) for item in parts.after):
        yield Fault("request_contact", "请示应在成文日期下加附注，写明联系人和电话。")


def _check_signer(parts: Parts) -> Iterator[Fault]:
    """签发人 stands in what goes to a superior, and only there."""
    number = parts.number
    if number is None or parts.mark is None or parts.is_minutes:
        return
    found = _SIGNER.search(number.text)
    if found is None and parts.goes_upward:
        yield _fault("signer_missing", "上行文应标注签发人，与发文字号同一行，居右空一字。", number)
    elif found and parts.title and not parts.goes_upward:
        yield _fault("signer_downward", "只有上行文（请示、报告等）才标注签发人。", number)
    elif found and found["mark"] == ":":
        yield _fault("signer_colon", "“签发人”后应用全角冒号。", number)


def _check_order(parts: Parts) -> Iterator[Fault]:
    """Numbers of headings of the first level run on from 一."""
    wanted = 1
    for item in parts.body:
        found = _FIRST.match(item.text)
        if found is None or found["mark"] != "、" or "黑" not in item.font:
            continue
        value = whole_number(found[0][:-1])
        if value != wanted:
            yield _fault(
                "heading_order", f"一级标题序号应为“{_NUMERALS[min(wanted, len(_NUMERALS) - 1)]}、”。", item
            )
        wanted = (value or wanted) + 1


def _font(item: Styled, wanted: str, rule: str, message: str) -> Iterator[Fault]:
    if wanted not in item.font:
        yield _fault(rule, f"{message}，现为{item.font or '默认字体'}。", item)


def _fault(rule: str, message: str, item: Styled) -> Fault:
    return Fault(rule, message, item.number, item.text[:_SHOWN])


_CHECKS: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    _check_number,
    _check_title,
    _check_recipients,
    _check_body,
    _check_attachments,
    _check_day,
    _check_request,
    _check_signer,
    _check_order,
)
