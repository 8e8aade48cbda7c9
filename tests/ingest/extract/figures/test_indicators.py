"""【】 marks the targets of a sentence; everything else in it is background."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from corpus.task import Indicator
from ingest.extract.figures.indicators import find_indicators


def everywhere(text: str) -> tuple[Indicator, ...]:
    return find_indicators(text, Span(0, len(text)))


TARGETS = """
    年内组织银企对接会【不少于8场】，新增创业载体【2家】。
    实现可办率达【87%以上】、一网通办率达【80％以上】。
    粮食播种面积稳定在【186万亩以上】，总产量保持在【82万吨以上】。
    政府投资项目审批时限【不超过70个工作日】，群众留言【3个工作日内】答复。
    全流程审批时限分别压缩至【2.5】、【5个工作日以内】。
    由法定的30个工作日压缩至承诺时限【3个工作日】。
    招引进出口额5亿元以上外贸企业【5家】。
    全年新开工亿元以上重点项目【2600个以上】，固定资产投资力争增长【10%以上】。
    支持高层次创业团队【1000个左右】、【1万名以上】科研人员创业。
    新增贷款【2,000亿元以上】，平均担保费率【低于1%】。
    在每个区新建【一所】老年人日间照料中心。
    年户均停电时间【低于1小时/户】，培训【5000多人次】。
    重点梳理办件量【前50%】的事项。
    每半年至少开展【1次】演练，年度培训【不少于2次】。
    对【17家】重大危险源企业开展检查，【70%以上】的证照共享。
    截至目前，共开展督查【xx次】，拆除【XX万平方米】，完成【百分之九十以上】。
    改造完成率达到【百分之95】，打造【１２个】示范点。
    分别完成【2-3宗】土地出让，【80%—90%】的村庄达标。
    各地要将【55%以上】的公益金用于养老服务。
    储备项目【不少于300个】，望川县、河口县【各50个】，市直【各25个】。
    改造提升【400亩】日光温室，新建【1800亩】塑料大棚。
    安排奖补资金【2亿元】，补贴资金拨付率达到【100%】。
    争取每年新增就业【5000人】，城镇调查失业率控制在【5.5%以内】。
    力争规模【翻一番】，产值由80亿元提高到【160亿元】，占比提高【3个百分点】。
    单位能耗下降【13.5%左右】，劣Ⅴ类断面比例【低于5%】，优良天数【300天以上】。
    一般事项【1个工作日内】办结，复杂事项【不超过5个工作日】。
    建成示范村【二十个】，带动农户【1.2万户】，户均增收【3,000元以上】。
    新增充电桩【１．５万个】，覆盖率【９０％以上】。
    改造老旧小区【约120个】，惠及居民【近3万户】。
    空置率降至【10％以下】，满意度【≥95%】，投诉率【≤2‰】。
    完成【70-80公里】管网改造，处理能力达到【5万吨/日】。
"""

BACKGROUND = """
    健全15分钟便民服务圈，提供全天候24小时服务。
    按投资额70%抵扣，给予每亩300元补贴，最高不超过20万元。
    对面积2000平方米以上，且年销售额达200万美元以上的，给予补助。
    依托88个法庭观测点，围绕11条重点产业链开展招商。
    对重复投诉3次以上的信访件实行包案。
    建立涉企超18个月未结案件台账。
    每年召开一次大会，推出一批惠企举措，做到“两个一律”。
    落实《关于新建50个公园的意见》，开展“千企百村”行动。
    自受理之日起5个工作日内办结，其他事项于10个工作日内办结。
    取缔校园周边200米范围内的摊点。
    拨打12345热线，登录3.0版平台，使用第2号窗口，向3.0升级。
    问题：全区23个村污水直排，超标1.5倍。
    建筑面积500平方米以下（含500平方米）的项目免于审批。
    16周岁以上青年可以参加。
    对年产值首次超过1亿元、2亿元、5亿元的企业，分别奖励10万元、20万元、30万元。
    对销售额达2000万元且增速达15%以上的限上企业，每户奖励5万元。
    一次性组织市外游客50人以上来市旅游，停留2日以上，按每人10元给予旅行社奖励。
    若家庭仍有1套住房的，按第二套住房享受契税优惠。
    交款期限可顺延3个月，缓缴期最长不超过6个月，可申请再延长3-6个月。
    去化周期在18个月（不含）—36个月之间的县区按盘活量供应，超36个月的县区暂停供应。
    由牵头部门组织各方进行一次性联合验收。
    长度不大于300米、管径不大于DN200、占用绿地面积不超过20平方米的，免于许可。
    博士研究生给予购房补贴20万元，硕士5万元，本科3万元。
    首付款比例不低于20%，二套房贷款利率不低于4.5%。
    10千伏以下电力线路工程免于审批。
    在已完成16项任务的基础上继续深化。
    当个贷率达到85%时，暂停执行本政策。
    股东中允许不超过五分之一的人不具有代理人资格。
    财政部等4部门印发意见，会同30部委开展督导。
    公积金贷款额度提高到90万元，三孩家庭上浮10%。
    首次存入监管金额的40%，剩余的60%可给予6个月的缓存期。
"""

MARK = re.compile(r"【([^】]*)】")


def lines(group: str) -> list[str]:
    return [line.strip() for line in group.strip().splitlines()]


@pytest.mark.parametrize("marked", lines(TARGETS))
def test_targets_of_a_sentence(marked: str) -> None:
    found = everywhere(MARK.sub(r"\1", marked))
    assert [item.raw for item in found] == MARK.findall(marked)


@pytest.mark.parametrize("sentence", lines(BACKGROUND))
def test_numbers_that_are_no_targets(sentence: str) -> None:
    assert [item.raw for item in everywhere(sentence)] == []


@pytest.mark.parametrize(
    ("words", "op", "value", "unit", "upper"),
    [
        ("新增30家", "=", 30, "家", None),
        ("不少于30家", ">=", 30, "家", None),
        ("至少30家", ">=", 30, "家", None),
        ("新增30家以上", ">=", 30, "家", None),
        ("超过30家", ">", 30, "家", None),
        ("控制在30天以内", "<=", 30, "天", None),
        ("不超过30天", "<=", 30, "天", None),
        ("低于3.5%", "<", 3.5, "%", None),
        ("新增30家左右", "~", 30, "家", None),
        ("新增30余家", "~", 30, "家", None),
        ("建设2至3个", "=", 2, "个", 3),
        ("建设2～3个", "=", 2, "个", 3),
        ("造林151.52万亩", "=", 151.52, "万亩", None),
        ("投资1,200亿元", "=", 1200, "亿元", None),
        ("优良天数比例达到93％以上", ">=", 93, "%", None),
        ("比例提高三个百分点", "=", None, "", None),
        ("提高3个百分点", "=", 3, "个百分点", None),
        ("整治xx处", "=", None, "处", None),
        ("不低于合同金额的30%", ">=", 30, "%", None),
        ("新增污水处理能力5万吨/日", "=", 5, "万吨/日", None),
        ("开展六次督查", "=", 6, "次", None),
        ("产值翻两番", "=", 4, "倍", None),
        ("力争产值翻一番", "=", 2, "倍", None),
        ("新增约30家", "~", 30, "家", None),
        ("各县新增各30家", "=", 30, "家", None),
        ("达到３０％以上", ">=", 30, "%", None),
        ("办结时间压缩至1个工作日以内", "<=", 1, "个工作日", None),
    ],
)
def test_meaning_of_a_target(
    words: str, op: str, value: float | None, unit: str, upper: float | None
) -> None:
    found = [(item.op, item.value, item.unit, item.max) for item in everywhere(words)]
    assert found == ([(op, value, unit, upper)] if unit else [])


def test_spans_are_absolute() -> None:
    text = "前文。新增30家。"
    (found,) = find_indicators(text, Span(3, len(text)))
    assert found.span == Span(5, 8)
    assert found.raw == "30家"


@given(st.text(alphabet="0123456789.,，。%万亿个家余多不少于以上xX-至、五十 的", max_size=60))
def test_every_target_is_a_quotation_in_order(text: str) -> None:
    end = 0
    for item in everywhere(text):
        assert item.span.of(text) == item.raw
        assert item.span.start >= end
        end = item.span.end
