"""What a passage is: within one section, at most 500 code points, nothing lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import BlockKind, Document
from corpus.passages import LONGEST, cut_passages
from corpus.spans import trim
from tests.corpus.builders import document

SENTENCE = "各县区要逐户登记农家乐经营情况，建立清单。"
LONG = SENTENCE * 40


def cuts(*lines: str) -> list[str]:
    made = document(*lines)
    return [passage.span.of(made.text) for passage in cut_passages(made)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("p 第一段。", "p 第二段。"), ["第一段。\n第二段。"], id="small neighbours share"),
        pytest.param(
            ("# 1 一、目标", "p 建成。"), ["一、目标\n建成。"], id="heading stays with what follows"
        ),
        pytest.param(
            ("# 1 一、任务", "# 2 (一)水利", "p 修渠。", "# 2 (二)林业", "p 造林。"),
            ["一、任务\n(一)水利\n修渠。", "(二)林业\n造林。"],
            id="a new section starts a passage",
        ),
        pytest.param(("# 1 一、空", "# 1 二、实", "p 有。"), ["一、空", "二、实\n有。"], id="empty section"),
        pytest.param(
            ("# 1 一、任务", "i 2 1.修渠。", "i 2 2.造林。"),
            ["一、任务\n1.修渠。\n2.造林。"],
            id="bare items share",
        ),
        pytest.param(
            ("i 1 (一)修渠。水利局负责。", "i 1 (二)造林。林业局负责。"),
            ["(一)修渠。水利局负责。", "(二)造林。林业局负责。"],
            id="an item with its own heading is a section",
        ),
        pytest.param(
            ("t 安澜市方案", "f 各县区：", "p 现印发。"),
            ["安澜市方案", "现印发。"],
            id="furniture is left out",
        ),
        pytest.param(
            ("t 安澜市方案", "p 现印发。"), ["安澜市方案\n现印发。"], id="title stays with what follows"
        ),
        pytest.param(
            ("p 说明。", "r 序号\t任务", "r 1\t修渠"), ["说明。", "序号\t任务\n1\t修渠"], id="table apart"
        ),
        pytest.param((), [], id="empty document"),
        pytest.param(("p  ", "f 落款"), [], id="nothing but white space and furniture"),
    ],
)
def test_what_shares_a_passage(lines: tuple[str, ...], expected: list[str]) -> None:
    assert cuts(*lines) == expected


def test_a_long_paragraph_is_cut_at_sentence_ends_into_like_parts() -> None:
    parts = cuts(f"p {LONG}")
    assert all(part.endswith("。") for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= 2 * len(SENTENCE)


def test_a_long_paragraph_keeps_its_heading_in_the_first_part() -> None:
    assert cuts("# 1 一、目标", f"p {LONG}")[0].startswith("一、目标\n各县区")


def test_words_without_any_stop_are_cut_all_the_same() -> None:
    assert [len(part) for part in cuts("p " + "无" * 1200)] == [500, 500, 200]


def test_sections_name_the_headings_above() -> None:
    made = document("# 1 一、任务：", "i 2 (一)水利。" + LONG, "p 尾。")
    sections = [passage.section for passage in cut_passages(made)]
    assert sections[0] == ()
    assert set(sections[1:]) == {("一、任务", "(一)水利。")}


def test_a_document_without_outline_is_one_paragraph() -> None:
    assert [p.span.of("一。\n二。") for p in cut_passages(Document("x", "x.txt", "一。\n二。"))] == [
        "一。\n二。"
    ]


words = st.text(alphabet="甲乙。，；\t ", min_size=1, max_size=40)
long_words = st.builds(lambda part, times: part * times, words, st.integers(1, 60))
marks = st.sampled_from(["# 1", "# 2", "i 1", "i 2", "i 3", "p", "p", "r", "t", "f"])
lines = st.lists(st.builds(lambda mark, text: f"{mark} {text}", marks, long_words), max_size=12)


@given(lines)
def test_passages_cover_all_but_furniture_once_within_their_limit(given_lines: list[str]) -> None:
    made = document(*given_lines)
    passages = cut_passages(made)
    covered: list[int] = []
    for passage in passages:
        assert 0 < len(passage.span) <= LONGEST
        assert passage.span.of(made.text).strip() == passage.span.of(made.text)
        covered += range(passage.span.start, passage.span.end)
    assert covered == sorted(set(covered))
    furniture = {
        place
        for block in made.blocks
        if block.kind is BlockKind.FURNITURE
        for place in range(block.span.start, block.span.end)
    }
    wanted = {place for place, sign in enumerate(made.text) if not sign.isspace()} - furniture
    assert wanted <= set(covered)
    assert not {place for place in covered if not made.text[place].isspace()} & furniture


@given(lines)
def test_no_passage_holds_words_of_two_unrelated_sections(given_lines: list[str]) -> None:
    made = document(*given_lines)
    for passage in cut_passages(made):
        inside = [
            index
            for index, block in enumerate(made.blocks)
            if block.kind is BlockKind.HEADING and passage.span.overlaps(trim(made.text, block.span))
        ]
        for above, below in pairwise(inside):
            assert made.blocks[below].parent == above
