import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking.folding import CLOSE, Wanted, alike, choose, copies_of, looked_through
from index.ranking.fusion import Fused
from tests.index.builders import passage

NOTICE = (
    "各县（市、区）人民政府，市政府各部门：现将河道采砂整治工作有关事项通知如下，请认真贯彻执行。各地要于{day}前"
    "完成排查，建立台账，明确责任单位和责任人，逐条整改销号，并将整改情况报市水利局汇总。"
)


def shown(*texts: str, k: int = 10, collapse: bool = True) -> list[tuple[int, list[str]]]:
    """Number of each passage shown, with the documents folded into it."""
    rows = [passage(number, text) for number, text in enumerate(texts, 1)]
    found = ((Fused(row.id, 1.0 / row.id), row) for row in rows)
    chosen = choose(found, Wanted(k, None, collapse), looked_at=2 * k)
    return [(one.row.id, [copy.document_id for copy in copies_of(one, ())]) for one in chosen]


@pytest.mark.parametrize(
    ("other", "folded"),
    [
        (NOTICE.format(day="6月30日"), True),
        (NOTICE.format(day="9月30日"), True),
        (NOTICE.format(day="6月30日").replace("，", " ， "), True),
        (NOTICE.format(day="6月30日").replace("各县（市、区）人民政府，市政府各部门：", ""), True),
        (
            "河道采砂整治由市水利局牵头，公安、交通运输等部门配合，今年内完成三十个问题的整改并逐一验收销号。",
            False,
        ),
    ],
)
def test_the_same_notice_published_twice_is_one_hit(other: str, folded: bool) -> None:
    assert shown(NOTICE.format(day="6月30日"), other) == ([(1, ["d2"])] if folded else [(1, []), (2, [])])


def test_short_sentences_with_another_figure_are_not_the_same() -> None:
    assert len(shown("完成改造12个小区。", "完成改造15个小区。")) == 2


def test_nothing_is_folded_when_it_is_not_wanted() -> None:
    assert len(shown(NOTICE, NOTICE, collapse=False)) == 2


def test_copies_behind_the_last_hit_shown_are_still_told() -> None:
    assert shown(NOTICE.format(day="6月1日"), NOTICE.format(day="6月2日"), k=1) == [(1, ["d2"])]


@pytest.mark.parametrize(("looked_at", "read"), [(4, 4), (None, 2)])
def test_no_more_is_asked_for_than_is_looked_at(looked_at: int | None, read: int) -> None:
    rows = iter([passage(number, f"第{number}段说的是另一件事。") for number in range(1, 9)])
    choose(((Fused(row.id, 1.0), row) for row in rows), Wanted(2, None, collapse=True), looked_at)
    assert next(rows).id == read + 1


@pytest.mark.parametrize(
    ("scores", "collapse", "looked_at"),
    [
        ((1.0, 0.9, 0.9 * CLOSE, 0.5), True, 3),
        ((1.0, 0.9, 0.5, 0.4), True, 2),
        ((1.0, 0.9, 0.9, 0.9, 0.9, 0.9), True, 4),
        ((1.0, 0.9, 0.9, 0.9), False, 2),
        ((1.0,), True, 2),
        ((), True, 2),
    ],
)
def test_what_scores_nearly_as_much_as_the_last_hit_is_looked_at(
    scores: tuple[float, ...], collapse: bool, looked_at: int
) -> None:
    found = [Fused(number, score) for number, score in enumerate(scores)]
    assert looked_through(found, Wanted(2, None, collapse)) == looked_at


def test_no_document_fills_the_list() -> None:
    rows = [passage(number, f"第{number}段说的是另一件事。", document_id="d1") for number in range(1, 6)]
    found = [(Fused(row.id, 1.0), row) for row in rows]
    assert [one.row.id for one in choose(found, Wanted(10, 2, True))] == [1, 2]


@given(st.text(max_size=60))
def test_a_text_is_like_itself_at_most(text: str) -> None:
    assert alike(text, text) in (0.0, 1.0)
    assert alike(text, text[::-1]) == alike(text[::-1], text)
