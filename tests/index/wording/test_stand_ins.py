import pytest

from corpus.registry.tables import read_table
from index.query.parsing import EVERYDAY_WEIGHT, MINED_WEIGHT, parse_query
from index.tokens import fold
from index.wording.stand_ins import Origin, OwnTable, Phrasebook, StandIn, product_phrasebook

MINED = {
    "个转企": ("个体工商户转型升级为企业",),
    "个体工商户转型升级为企业": ("个转企",),
    "商贷": ("商业性住房贷款",),
    "押金": ("抵押金",),
    "贴息": ("利息补贴",),
    "贴息贷款": ("财政贴息贷款",),
}


def said(text: str, own: OwnTable | None = None, plain: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    return {item.words: item.official for item in Phrasebook(own, MINED).stand_ins(text, plain)}


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("老人吃饭", {"老人": ("老年人",), "吃饭": ("就餐", "助餐")}),
        ("外卖骑手", {"外卖骑手": ("新就业形态劳动者",)}),  # and not for 骑手 again
        ("二胎家庭", {"二胎": ("二孩", "多子女家庭", "生育支持")}),
        ("当兵的回老家", {"当兵的": ("军人", "现役军人", "退役军人"), "回老家": ("返乡",)}),
        ("贷款还清了", {"还清": ("结清",)}),
        ("外地寄来的包裹", {"包裹": ("邮件", "快件")}),  # 寄来 is the same again
        ("购买地块", {}),
        ("尾矿库治理", {}),
        ("", {}),
        ("个转企怎么办", {"个转企": ("个体工商户转型升级为企业",)}),
        ("个体工商户转型升级为企业的奖励", {"个体工商户转型升级为企业": ("个转企",)}),
        ("商贷利率", {"商贷": ("商业性住房贷款",)}),
        ("招商贷款", {}),  # 商贷 is no word of it
        ("贴息贷款申请", {"贴息贷款": ("财政贴息贷款",)}),  # the longest counts
    ],
)
def test_documents_use_other_words(text: str, official: dict[str, tuple[str, ...]]) -> None:
    assert said(text) == official


def test_the_users_own_meaning_wins_over_the_product_and_that_over_the_texts() -> None:
    assert said("老人的押金") == {"老人": ("老年人",), "押金": ("保证金",)}
    assert said("老人的押金", OwnTable({"老人": ("长者",)})) == {"老人": ("长者",), "押金": ("保证金",)}


@pytest.mark.parametrize("rejected", [("个转企", "个体工商户转型升级为企业"), ("吃饭", "就餐")])
def test_a_rejected_pair_stands_for_nothing_either_way(rejected: tuple[str, str]) -> None:
    own = OwnTable(rejected=frozenset({rejected}))
    words, official = rejected
    assert official not in said(words, own).get(words, ())
    assert words not in said(official, own).get(official, ())


def test_a_word_can_be_taken_as_it_is() -> None:
    assert said("老人吃饭", plain=("老人",)) == {"吃饭": ("就餐", "助餐")}
    assert said("个转企", plain=("个转企",)) == {}


def test_each_tells_where_it_is_from() -> None:
    found = Phrasebook(OwnTable({"回头看": ("复查",)}), MINED).stand_ins("老人个转企回头看")
    assert {item.words: item.origin for item in found} == {
        "老人": Origin.PRODUCT,
        "个转企": Origin.LIBRARY,
        "回头看": Origin.OWN,
    }
    assert StandIn("老人", ("老年人",), Origin.PRODUCT).record() == {
        "words": "老人",
        "value": ["老年人"],
        "origin": "product",
    }


def test_words_of_documents_count_less_than_the_users_own_and_long_names_least() -> None:
    query = parse_query("老人办个转企", phrasebook=Phrasebook(None, MINED))
    assert query.words["老人"] == 1.0
    assert query.words["老年人"] == EVERYDAY_WEIGHT
    assert query.words["转型"] == pytest.approx(MINED_WEIGHT * 3 / 12)
    assert query.written >= {"老人"} and "老年人" not in query.written
    assert {"老人", "老年人"} <= query.asked
    assert [item.words for item in query.stand_ins] == ["老人", "个转企"]


def test_nothing_stands_for_the_words_of_a_pasted_paragraph() -> None:
    assert parse_query("老人就餐。" + "本段落继续叙述有关事项的具体安排。" * 10).stand_ins == ()


def test_everyday_words_stand_once_and_folded() -> None:
    rows = read_table("index.wording", "everyday_words.tsv")
    everyday = [row["everyday"] for row in rows]
    assert len(set(everyday)) == len(everyday)
    assert all(row["everyday"] == fold(row["everyday"]) and row["official"] and row["source"] for row in rows)
    assert product_phrasebook().stand_ins("怎么开公司")[0].official == ("企业",)
