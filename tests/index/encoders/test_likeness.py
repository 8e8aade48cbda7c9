import numpy as np
import pytest

from index.encoders.likeness import LIKENESSES
from index.encoders.static import built_in_encoder

LAW = "用人单位拖欠劳动报酬的，劳动者可以申请支付令。"
ELSE = "车辆所有人应当办理登记。"


def test_the_text_on_the_matter_is_met_and_meant_more() -> None:
    on_it, other = built_in_encoder().likenesses("老板不发工资怎么办", [LAW, ELSE])
    assert len(on_it) == len(LIKENESSES)
    assert (on_it > other).all()


def test_a_text_is_most_like_itself() -> None:
    met, meant, *turned = built_in_encoder().likenesses(LAW, [LAW])[0]
    assert (met, meant) == (pytest.approx(1.0, abs=1e-5), pytest.approx(1.0, abs=1e-5))
    assert all(-1 <= value <= 1 for value in turned)


@pytest.mark.parametrize(
    ("query", "texts", "like"),
    [("", [LAW], [False]), ("工资", ["", LAW, "", LAW], [False, True, False, True]), ("工资", [], [])],
)
def test_what_has_no_known_gram_is_like_nothing(query: str, texts: list[str], like: list[bool]) -> None:
    found = built_in_encoder().likenesses(query, texts)
    assert found.shape == (len(texts), len(LIKENESSES))
    assert found.any(axis=1).tolist() == like


def test_the_texts_beside_it_do_not_count() -> None:
    encoder = built_in_encoder()
    together = encoder.likenesses("拖欠工资", [LAW, ELSE])
    np.testing.assert_allclose(together[1], encoder.likenesses("拖欠工资", [ELSE])[0], rtol=1e-4)
