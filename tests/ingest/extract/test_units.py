"""The unit grammar: a list of units → its members."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import Span
from ingest.extract.units import UnitName, split_units


def split(text: str) -> tuple[UnitName, ...]:
    return split_units(text, Span(0, len(text)))


LISTS = [
    ("市发改委、市财政局", "市发改委|市财政局"),
    ("市发改委，市财政局；市水利局", "市发改委|市财政局|市水利局"),
    ("市发改委 市财政局　市水利局", "市发改委|市财政局|市水利局"),
    # names with 和 and brackets stay whole
    ("市住房和城乡建设局和市水利局以及各县(市)", "市住房和城乡建设局|市水利局|各县(市)"),
    ("市发改委（审改办、大数据局）、市财政局", "市发改委（审改办、大数据局）|市财政局"),
    ("省商务厅〔省政府口岸办〕", "省商务厅〔省政府口岸办〕"),
    ("全市“双随机、一公开”监管联席会议成员单位", "全市“双随机、一公开”监管联席会议成员单位"),
    ("和平区人民政府、和田地区行署", "和平区人民政府|和田地区行署"),
    # tails are dropped, a group in the list is kept
    ("市农业农村局等行业主管部门", "市农业农村局"),
    ("省发展改革委等12部门", "省发展改革委"),
    ("州财政局等州级相关部门及各县（市）", "州财政局|各县（市）"),
    ("市水利局等", "市水利局"),
    ("市属高等院校、各高校", "市属高等院校|各高校"),
    # one ending or one beginning shared
    ("各市〔州〕、县〔市、区、特区〕人民政府(人民法院)", "各市〔州〕、县〔市、区、特区〕人民政府(人民法院)"),
    ("省财政厅，各市、县〔区〕政府", "省财政厅|各市、县〔区〕政府"),
    ("各县（市、区）、市直有关部门", "各县（市、区）|市直有关部门"),
    ("中、省驻安有关单位", "中、省驻安有关单位"),
    ("市、县政务公开领导小组", "市、县政务公开领导小组"),
    ("有关部门、单位", "有关部门、单位"),
    ("各地区各部门", "各地区|各部门"),
    ("各县市区市级各部门", "各县市区|市级各部门"),
    ("各市、县级人民政府", "各市、县级人民政府"),
    ("各牵头、责任单位", "各牵头、责任单位"),
    ("石桥镇、马坊乡人民政府", "石桥镇|马坊乡人民政府"),
    # what stands around the names
    ("由市农业农村局", "市农业农村局"),
    ("以上任务由各县（区）、“三区”管委会", "各县（区）|“三区”管委会"),
    ("县整改工作领导小组办公室（以下简称县整改办）", "县整改工作领导小组办公室"),
    ("市住建局，6月底前完成，持续推进", "市住建局"),
    ("各县（市）区政府做好本级相关工作", "各县（市）区政府"),
    ("县水利局团县委、县妇联", "县水利局|团县委|县妇联"),
    ("市水利局市财政局", "市水利局|市财政局"),
    ("市水利局及其他有关单位、市水务集团", "市水利局|其他有关单位|市水务集团"),
    ("市教育局及其直属单位", "市教育局及其直属单位"),
]


@pytest.mark.parametrize(("text", "members"), LISTS)
def test_members(text: str, members: str) -> None:
    assert "|".join(unit.span.of(text) for unit in split(text)) == members


def test_marks_are_kept_beside_the_name() -> None:
    assert [(unit.mark, len(unit.span)) for unit in split("市民政局（牵头）、★市财政局、市水利局")] == [
        ("牵头", 4),
        ("★", 4),
        ("", 4),
    ]


def test_groups_are_known() -> None:
    assert [unit.group for unit in split("市水利局、各县（区）、有关部门")] == [False, True, True]


@given(st.text(alphabet="市县区各局委办、，和及（）()〔〕“”等由部门单位 牵头", max_size=60))
def test_members_stand_in_the_text_in_order(text: str) -> None:
    spans = [unit.span for unit in split(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
