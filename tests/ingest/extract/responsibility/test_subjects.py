"""Units that running sentences make responsible."""

import pytest

from corpus.spans import Span
from ingest.extract.responsibility.subjects import find_subjects
from tests.ingest.extract.builders import plan_tasks, units_of

SENTENCES = [
    ("各县(区)、各部门将方案于9月底前报送市政府。", "各县(区)、各部门"),
    (
        "由市水利局牵头、市财政局和市统计局配合，3月15日前将指标下达到县（区）。",
        "由市水利局牵头、市财政局和市统计局配合",
    ),
    ("市农科院会同市科技局开展联合攻关。", "市农科院会同市科技局"),
    ("自印发之日起20日内，由市水利局会同市财政局出台办法。", "由市水利局会同市财政局"),
    ("市司法局牵头制定法治方案，市税务局牵头制定税务方案。", "市司法局牵头|市税务局牵头"),
    ("各相关单位要压实责任，领导小组办公室要加强督导。", "各相关单位|领导小组办公室"),
    ("市委督查室、市政府督查室适时开展督导检查。", "市委督查室、市政府督查室"),
    ("各任务牵头部门在1个月内要制定方案。", "各任务牵头部门"),
    ("各地区各部门要加快推动。", "各地区各部门"),
    ("自治区水利厅要编制清单。", "自治区水利厅"),
    ("清退的事项，请市科技局、市财政局等部门在2月底前完成。", "市科技局、市财政局等部门"),
    ("由市大数据局负责人工智能平台建设。", "由市大数据局负责"),
    # no one in particular, or no unit at all
    ("行政机关负责人应出庭应诉。", ""),
    ("及时修订行政机关负责人出庭应诉评分标准。", ""),
    ("与云岭市市场监管局等单位形成合力。", ""),
    ("有关部门要做好对接。", ""),
    ("牵头单位要会同配合单位编制规程。", ""),
    ("加强组织领导，压实工作责任。", ""),
    ("土地出让竞买保证金应在10日内退还。", ""),
    ("借助全市优化环境的契机，推进改革。", ""),
    ("各单位主要负责同志是第一责任人。", ""),
    ("企业所在地主管部门责令限期整改。", ""),
    ("布局实施一批科技合作项目。", ""),
    ("分期举办执法单位创新服务发布会。", ""),
    ("充实省营商环境工作领导小组，优化成员单位。", ""),
    ("整县推进农文旅融合发展。", ""),
    ("促进城市要素优势与乡村资源结合。", ""),
    ("办公区、生活区应与作业区分开设置。", ""),
    ("省政务服务平台对接各地数据。", ""),
    ("房地产开发企业向县住房保障中心提出备案。", ""),
    ("市政务公开办要加强督导。", "市政务公开办"),
    ("协同云岭市人社厅推进立法，形成草案。", ""),
    ("各县（区）政府要建立市政府办公室牵头、有关部门参与的机制。", "各县（区）政府"),
    ("2024年6月底前各省份要出台具体方案。", "各省份"),
    ("各县（区）市场监管局请于6月15日前上报总结。", "各县（区）市场监管局"),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_subjects(sentence: str, expected: str) -> None:
    found = find_subjects(sentence, Span(0, len(sentence)))
    assert "|".join(subject.span.of(sentence) for subject in found) == expected


def test_duty_and_time_are_told() -> None:
    duty = next(find_subjects("各县区要报送方案。", Span(0, 9)))
    timed = next(find_subjects("各县区于9月底前报送方案。", Span(0, 13)))
    assert (duty.duty, duty.timed) == (True, False)
    assert (timed.duty, timed.timed) == (False, True)


@pytest.mark.parametrize(
    ("item", "units"),
    [
        ("市水利局：负责河道管护，清淤十处。", "市水利局责"),
        ("市财政局、市审计局：落实资金保障，做好监管。", "市财政局责 市审计局责"),
        ("各县（区）人民政府：落实属地管理，加强巡查。", "各县（区）人民政府责"),
        ("河道巡查：每处设置巡查点，配齐人员。", ""),
        ("有关部门：做好资金保障，加强监管。", ""),
    ],
)
def test_units_that_head_an_item_of_duties(item: str, units: str) -> None:
    first, _ = plan_tasks(f"1.{item}", "2.修复护岸三处，做好日常养护工作。")
    assert units_of(first) == units
