"""Texts that lost all their line ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning.unbroken import LONGEST, lines_of
from tests.ingest.build import canonical, header

FILLER = "各级各部门要压实责任，细化措施，加强督导检查，确保各项任务落到实处。" * 4
LINES = (
    "安澜市人民政府办公室关于加强河道管护的实施意见",
    "安政办发〔2021〕8号",
    "各县（市、区）人民政府，市政府有关部门：",
    f"为加强河道管护，现提出如下意见。{FILLER}",
    "一、总体要求",
    f"（一）指导思想。坚持生态优先。{FILLER}",
    f"（二）主要目标。到2025年，建成幸福河湖20条。{FILLER}",
    "二、重点任务",
    f"（一）开展排查。摸清底数，按照前款（三）的规定建立台账。{FILLER}（市水利局牵头）",
    f"（二）实施整治。{FILLER}（市水利局、市财政局负责）",
    f"（三）加强巡查。{FILLER}",
    "安澜市人民政府办公室",
    "2021年6月3日",
    "（此件公开发布）",
)


def test_document_on_one_line_is_parted_where_its_lines_began() -> None:
    assert canonical("".join(LINES)) == list(LINES)


def test_head_and_signature_of_such_a_document_are_read() -> None:
    found = header("".join(LINES))
    assert (found.title, found.issuer) == (LINES[0], "安澜市人民政府办公室")
    assert (found.doc_number, str(found.date)) == ("安政办发〔2021〕8号", "2021-06-03")


def test_title_that_a_web_page_repeats() -> None:
    text = f"{LINES[0]} {''.join(LINES)}"
    assert header(text).title == LINES[0]


def test_title_that_a_web_page_shortens_and_words_that_it_adds() -> None:
    title = LINES[0].replace("实施意见", "若干措施")
    text = f"{title.split('关于')[1]} {title}{''.join(LINES[1:-1])} 分享："
    found = header(text)
    assert (found.title, found.issuer, str(found.date)) == (title, "安澜市人民政府办公室", "2021-06-03")


def test_labels_that_run_on_over_the_headings() -> None:
    text = "".join(
        [
            f"一、加强管护{FILLER}（一）定期巡查。{FILLER}（二）及时处置。{FILLER}",
            f"二、强化保障（三）落实经费。{FILLER}（四）严格考核。{FILLER}",
        ]
    )
    begins = [line[:3] for line in canonical(text)]
    assert begins == ["一、加", "（一）", "（二）", "二、强", "（三）", "（四）"]


def test_a_number_that_was_lost_does_not_end_the_count() -> None:
    text = "".join(f"{number}.清理河道。{FILLER}（市水利局负责） " for number in (1, 2, 4, 5, 7, 8))
    assert [line[:2] for line in canonical(text)] == ["1.", "2.", "4.", "5.", "7.", "8."]
    mentioned = (
        f"1.清理河道。{FILLER * 4} 2.清理水库。{FILLER} 4.照旧。{FILLER} 3.清理堤防。{FILLER} 4.巡查。"
    )
    assert [line[:2] for line in canonical(mentioned)] == ["1.", "2.", "3.", "4."]


def test_heading_without_a_mark_after_it() -> None:
    text = (
        f"一、指导思想以绿色发展为引领。{FILLER * 3}"
        f"二、工作安排{FILLER}（一）排查。{FILLER}（二）整治。{FILLER}"
    )
    assert [line[:6] for line in canonical(text)][:3] == ["一、指导思想", "以绿色发展为", "二、工作安排"]


def test_paragraph_of_a_longer_text_is_left_alone() -> None:
    paragraph = "实施范围包括：（一）河道；（二）水库；（三）堤防。" + FILLER * 6
    assert len(paragraph) > LONGEST
    assert lines_of(paragraph, 3 * len(paragraph)) == [paragraph]
    assert lines_of(FILLER, len(FILLER)) == [FILLER]


@given(st.lists(st.sampled_from([*LINES, "一、", "（二）", "1.", " "]), max_size=30).map("".join))
def test_nothing_is_lost(text: str) -> None:
    assert "".join(lines_of(text, len(text))) == text
