"""How well a text fits a question: in other words, of another kind, of a place it does not name."""

from __future__ import annotations

import pytest

from corpus.spans import Span
from corpus.store.rows import PassageRow
from service.ask.fitting.matching import Weights, contradicts, document_place_fit, held, said, wording_shared
from service.ask.questions.places import Place


def weights(*topic: str, **otherwise: tuple[str, ...]) -> Weights:
    return Weights.of(dict.fromkeys(topic, 1.0), ("", ""), otherwise)


def test_what_documents_say_for_a_word_counts_as_that_word() -> None:
    asked = weights("孩子", "补贴", 孩子=("子女", "儿童"))
    assert held(asked, "多子女家庭领取补贴") == {"孩子", "补贴"}
    assert said(asked, "老年人领取补贴") == {"补贴"}


@pytest.mark.parametrize(
    ("sentence", "shared"),
    [
        ("合并后设立三和村，村委会设原东山村。", 0.6),
        ("合并后设立金徐村，村委会设原西山村。", 0.4),
        ("开展排查。", 0.0),
    ],
)
def test_names_that_no_dictionary_has_are_told_by_the_very_wording(sentence: str, shared: float) -> None:
    assert wording_shared("三和村村委会设", sentence) == shared


def test_the_month_of_a_document_counts_little() -> None:
    asked = weights("补贴", "11").topic
    assert asked["11"] == pytest.approx(0.3 * asked["补贴"])


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("二孩家庭补贴5万元", True),
        ("三孩家庭补贴10万元", False),
        ("二孩、三孩家庭补贴5万元", False),
        ("多子女家庭补贴5万元", False),
    ],
)
def test_a_text_of_another_kind_contradicts(text: str, other: bool) -> None:
    assert contradicts(weights("三孩", "补贴"), text) is other


def passage(region: str | None = None) -> PassageRow:
    return PassageRow(1, "d1", 1, None, "1.txt", None, region, None, "发放补贴。", (), Span(0, 5), None, None)


@pytest.mark.parametrize(
    ("text", "region", "fit"),
    [
        ("东湖区、西湖区和青云谱区范围内发放补贴。" * 20, None, 0.9),
        ("南昌高新区发放补贴。" * 40, None, 0.9),
        ("根据《江西省补贴办法》，结合我市实际发放补贴。" * 20, None, 0.75),
        ("根据《江西省补贴办法》，结合我市实际发放补贴。" * 20, "江西省", 0.75),
        ("根据《江西省补贴办法》，各市结合实际发放补贴。" * 20, None, 0.0),
        ("中国人民银行广州分行和我市的南昌分行发放补贴。" * 20, None, 0.75),
        ("根据《江西省补贴办法》，我市和赣州市发放补贴。" * 20, None, 0.0),
        ("发放补贴。" * 80, None, 0.0),
        ("发放补贴。" * 80, "赣州市", 0.0),
    ],
)
def test_places_named_tell_of_a_place_that_is_not(text: str, region: str | None, fit: float) -> None:
    assert document_place_fit(passage(region), text, (Place("南昌市", "南昌市"),)) == fit
