from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from index.query.parsing import parse_query
from index.ranking.fusion import Fused
from index.ranking.surroundings import REACH, asks, lifted
from tests.index.builders import add, opened, passage

QUESTION = parse_query("栖霞港区冷链仓库的装卸工人多久做一次核酸检测？")
NOTHING: Mapping[int, float] = {}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("冷链仓库多久消毒一次", True),
        ("餐厅能堂食吗", True),
        ("望川县什么时候复工？", True),
        ("冷链仓库管理", False),
        ("", False),
        ("为什么要管好冷链仓库。" + "各单位应当落实责任，加强管理。" * 10, False),
    ],
)
def test_what_is_a_question(text: str, question: bool) -> None:
    assert asks(parse_query(text)) == question


def part(id: int, document: str, start: int, text: str) -> PassageRow:
    """A passage of `document` that begins at `start`."""
    return passage(id, text, document_id=document, span=Span(start, start + len(text)))


def order(*rows: PassageRow, meant: Mapping[int, float] = NOTHING) -> list[int]:
    """The passages as they are lifted, when they were found in this order, with equal scores by words."""
    found = [Fused(row.id, 1.0 - place / 10) for place, row in enumerate(rows)]
    return [
        item.id for item in lifted(QUESTION, rows, found, dict.fromkeys([row.id for row in rows], 1.0), meant)
    ]


HEAD = "栖霞港区冷链仓库管理办法，仓库的装卸工人按本办法管理。"
DETAIL = "工人多久做一次检测：核酸检测每七天做一次。"
OTHER = "云岭市冷链仓库消毒办法。"


def test_what_stands_apart_in_a_notice_is_read_together() -> None:
    assert order(part(1, "d1", 0, OTHER), part(2, "d2", 0, HEAD), part(3, "d2", 100, DETAIL)) == [2, 3, 1]


def test_what_stands_far_apart_is_not() -> None:
    near, far = part(4, "d2", 100, DETAIL), part(5, "d3", 2 * REACH, DETAIL)
    rows = (part(1, "d1", 0, HEAD), part(2, "d3", 0, HEAD), part(3, "d2", 0, HEAD), near, far)
    assert order(*rows)[:2] == [3, 4]


def test_a_document_that_the_question_speaks_of_stays_before_others_where_the_wording_is_not_sure() -> None:
    detail = "装卸工人按期检测。"
    rows = [part(1, "d1", 0, HEAD), part(2, "d2", 0, HEAD + detail)]
    assert order(*rows) == [2, 1]
    assert order(*rows, meant={1: 0.8}) == [1, 2]


def test_where_the_wording_is_sure_it_tells_the_place_too() -> None:
    rows = [part(1, "d1", 0, HEAD), part(2, "d2", 0, HEAD + DETAIL)]
    assert order(*rows, meant={1: 0.4}) == [2, 1]


def test_a_long_document_has_much_of_any_wording_by_chance() -> None:
    whole = HEAD + DETAIL
    long = [part(number, "d1", 2 * REACH * number, whole) for number in range(1, 5)]
    rows = [*long, part(5, "d2", 0, whole)]
    found, by_words = [Fused(row.id, 1.0) for row in rows], dict.fromkeys([row.id for row in rows], 1.0)
    assert lifted(QUESTION, rows, found, by_words, NOTHING)[0].id == 5


def test_where_no_place_is_known_a_document_is_of_the_place_that_it_names() -> None:
    asked = parse_query("苏州市冷链仓库的装卸工人多久做一次核酸检测？")
    rule = "市冷链仓库的装卸工人按期检测，核酸检测"
    known = part(1, "d1", 0, "本" + rule)
    found, by_words = [Fused(1, 1.0), Fused(2, 1.0)], {1: 1.0, 2: 1.0}

    def first(text: str) -> int:
        """The first of the known one and of one that is not known to be of any place."""
        rows = [known, part(2, "d2", 0, text + rule)]
        return lifted(asked, rows, found, by_words, {1: 0.4, 2: 0.2})[0].id

    assert first("我") == 1
    assert first("苏州") == 2


def test_what_one_passage_says_itself_goes_before_what_several_say() -> None:
    spread = [part(1, "d1", 0, HEAD), part(2, "d1", 60, DETAIL)]
    assert order(*spread, part(3, "d2", 0, HEAD + DETAIL), part(4, "d2", 100, "附则。"))[0] == 3


def test_everyday_words_leave_the_order_as_it_is() -> None:
    rows = [passage(1, OTHER), passage(2, "冷链仓库的人要体检。")]
    assert order(*rows) == [1, 2]


def test_scores_stay_between_0_and_1_and_nothing_is_lost() -> None:
    rows = [part(1, "d1", 0, HEAD), part(2, "d1", 40, DETAIL)]
    found = [Fused(9, 1.0), Fused(1, 0.5), Fused(2, 0.4)]
    again = lifted(QUESTION, rows, found, {1: 1.0}, {1: 0.4})
    assert sorted(item.id for item in again) == [1, 2, 9]
    assert all(0 <= item.score <= 1 for item in again)
    assert lifted(QUESTION, [], [], {}, NOTHING) == []


def test_a_question_finds_the_notice_that_says_it_all(tmp_path: Path) -> None:
    store, index = opened(tmp_path)
    add(store, "其他.txt", "冷链仓库的工人做核酸检测，装卸工人多久检测一次由云岭市定。")
    add(store, "港区.txt", HEAD, DETAIL)
    index.catch_up()
    assert index.search(QUESTION.text).hits[0].passage.source == "港区.txt"
    store.close()
