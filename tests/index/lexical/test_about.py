from datetime import date

import pytest

from index.lexical.about import Worth, about
from index.query.parsing import parse_query
from tests.index.builders import passage

TODAY = date(2026, 3, 1)
DAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("query", "facts", "worth"),
    [
        ("苏州市的河长制", {"region": "江苏省苏州市"}, 0.4),
        ("苏州市的河长制", {"region": "苏州市姑苏区"}, 0.4),
        ("苏州市的河长制", {"region": "江苏省"}, 0.0),
        ("苏州市的河长制", {"region": "望川县"}, 0.0),
        ("苏州市的河长制", {"region": None}, 0.2),
        ("浙江省的河长制", {"region": "浙江省望川县"}, 0.4),
        ("江苏省苏州市的河长制", {"region": "苏州市"}, 0.4),
        ("江苏省苏州市的河长制", {"region": "南京市"}, 0.2),
        ("省里的河长制", {"region": "江苏省"}, 0.2),
        ("省里的河长制", {"region": "苏州市"}, 0.0),
        ("省里的河长制", {"region": "浙江省望川县"}, 0.1),
        ("2024年的河长制", {"date": DAY}, 0.1),
        ("2023年的河长制", {"date": DAY}, 0.0),
        ("2023-2024年的河长制", {"date": DAY}, 0.1),
        ("2023年的河长制", {"date": None}, 0.05),
        ("河长制实施方案", {"doc_type": "实施方案"}, 0.1),
        ("河长制实施方案", {"doc_type": "通知"}, 0.0),
        ("河长制实施方案", {"doc_type": None}, 0.05),
        ("河长制实施方案", {"doc_type": "其他"}, 0.05),
        ("苏州市2024年河长制实施方案", {"region": "苏州市", "date": DAY, "doc_type": "实施方案"}, 0.6),
        ("河长制", {"region": "苏州市", "date": DAY, "doc_type": "实施方案"}, 0.0),
    ],
)
def test_what_a_document_is_worth_to_a_query(query: str, facts: dict[str, object], worth: float) -> None:
    number = about(passage(1, "河长制", **facts))
    assert 0 <= number < 2**63
    assert Worth(parse_query(query, today=TODAY)).of(number) == pytest.approx(worth)


def test_documents_of_which_nothing_is_known_are_worth_something_but_not_meant() -> None:
    worth = Worth(parse_query("苏州市2024年的河长制", today=TODAY))
    assert worth.is_meant(about(passage(1, "河长制", region="苏州市")))
    assert not worth.is_meant(about(passage(1, "河长制")))
    assert worth.of(about(passage(1, "河长制"))) > 0


def test_a_document_whose_head_tells_no_kind_is_not_meant() -> None:
    worth = Worth(parse_query("河长制实施方案", today=TODAY))
    assert worth.is_meant(about(passage(1, "河长制", doc_type="实施方案")))
    assert not worth.is_meant(about(passage(1, "河长制", doc_type="其他")))


def test_a_query_that_speaks_of_no_document_makes_none_worth_anything() -> None:
    assert not Worth(parse_query("河长制", today=TODAY))
    assert Worth(parse_query("2024年的河长制", today=TODAY))
