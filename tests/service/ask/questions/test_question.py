"""What questions mean: one line per wording."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.task import Role
from service.ask.pieces.duties import asks_procedure
from service.ask.questions.question import Kind, is_question, understand
from service.ask.questions.wording import DayRange


@pytest.mark.parametrize(
    ("text", "kind", "asks"),
    [
        ("河道清淤由哪个部门牵头？", Kind.WHO, "lead"),
        ("河道清淤的牵头单位是谁", Kind.WHO, "lead"),
        ("河道清淤谁来牵头", Kind.WHO, "lead"),
        ("河道清淤归哪个局负责？", Kind.WHO, ""),
        ("河道清淤的责任单位有哪些？", Kind.WHO, "responsible"),
        ("河道清淤的责任人是谁？", Kind.WHO, "person"),
        ("河道清淤由哪些单位配合？", Kind.WHO, "cooperate"),
        ("配合单位是哪几家？", Kind.WHO, "cooperate"),
        ("河道清淤由谁督导？", Kind.WHO, "supervise"),
        ("河道清淤什么时候完成？", Kind.WHEN, "limit"),
        ("河道清淤什么时候弄完？", Kind.WHEN, "limit"),
        ("通知几时起施行？", Kind.WHEN, ""),
        ("河道清淤 责任单位", Kind.WHO, "responsible"),
        ("云政办发〔2025〕1号 联系电话", Kind.WHAT, "phone"),
        ("材料交到哪个窗口？", Kind.WHAT, "where"),
        ("村委会设在原来的哪个村？", Kind.WHAT, "where"),
        ("通知从哪天起施行？", Kind.WHEN, ""),
        ("信息平台什么时候之前建起来？", Kind.WHEN, "limit"),
        ("各牵头部门什么时候把意见报市发改委？", Kind.WHEN, "limit"),
        ("房票按哪个管理办法执行？", Kind.WHAT, "name"),
        ("列入哪个工程奖的评选？", Kind.WHAT, "name"),
        ("嘉年华的主题是什么？", Kind.WHAT, "name"),
        ("推广中心由哪里的局建设？", Kind.WHO, ""),
        ("基本监测指标是哪些？", Kind.LIST, ""),
        ("中心城区分成哪几个片区？", Kind.LIST, ""),
        ("消防车免哪几种税费？", Kind.LIST, ""),
        ("要制定哪几部条例？", Kind.LIST, ""),
        ("市城区是指哪几个街道？", Kind.LIST, ""),
        ("由哪几个街道负责？", Kind.WHO, ""),
        ("住房用哪些方式筹集？", Kind.LIST, ""),
        ("四大主题活动是哪四个？", Kind.LIST, ""),
        ("先行区建在哪6个地区？", Kind.LIST, ""),
        ("发布了哪个设计指引？", Kind.WHAT, "name"),
        ("市水利局牵头（含共同牵头）的有几条？", Kind.COUNT, ""),
        ("补贴政策哪一年到期？", Kind.WHEN, ""),
        ("推进政务服务事项“一件事一次办”什么时候完成？", Kind.WHEN, "limit"),
        ("河道清淤的完成时限", Kind.WHEN, "limit"),
        ("最高补助多少钱？", Kind.NUMBER, "money"),
        ("一次性奖励多少？", Kind.NUMBER, "money"),
        ("几个工作日内办结？", Kind.NUMBER, "time"),
        ("审批要多久？", Kind.NUMBER, "time"),
        ("不得超过预算的百分之几？", Kind.NUMBER, "share"),
        ("拆除了多少户？", Kind.NUMBER, ""),
        ("安澜市2025年工作要点中市水利局牵头的任务有几项？", Kind.COUNT, ""),
        ("一共有多少项任务？", Kind.COUNT, ""),
        ("6月底前要完成的任务有哪些？", Kind.LIST, "tasks"),
        ("由市水利局牵头的是哪几项？", Kind.LIST, "tasks"),
        ("河道巡查用的平台叫什么？", Kind.WHAT, "name"),
        ("为此出台了哪个文件？", Kind.WHAT, "name"),
        ("安澜市2025年工作要点的文号是多少？", Kind.WHAT, "doc_number"),
        ("实施方案是几号文？", Kind.WHAT, "doc_number"),
        ("资金按什么比例分担？", Kind.NUMBER, "share"),
        ("一期有多大规模？", Kind.NUMBER, ""),
        ("设立多大额度的贷款？", Kind.NUMBER, "money"),
        ("密度控制在什么范围？", Kind.NUMBER, "range"),
        ("每平方米收购价多少？", Kind.NUMBER, "money"),
        ("申请要拿什么证明材料？", Kind.WHAT, "papers"),
        ("活动方案里，市水利局承担的活动有几项？", Kind.COUNT, ""),
        ("市水利局要做的活动有哪些？", Kind.LIST, "tasks"),
        ("河道垃圾怎么清理？", Kind.WHAT, ""),
        ("什么是水管家", Kind.WHAT, ""),
        ("河道清淤", Kind.WHAT, ""),
    ],
)
def test_what_a_question_asks_for(text: str, kind: Kind, asks: str) -> None:
    question = understand(text)
    assert (question.kind, question.asks) == (kind, asks)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("安澜市2025年水利工作要点中由市水利局牵头的任务有几项？", "安澜市2025年水利工作要点"),
        ("《河道整治方案》要求6月底前完成哪些任务？", "河道整治方案"),
        ("河道清淤由谁牵头？", ""),
        ("安澜市2025年3月若干政策里，市水利局负责的措施有哪些？", "安澜市2025年3月若干政策"),
    ],
)
def test_which_document_is_meant(text: str, document: str) -> None:
    assert understand(text).document == document


@pytest.mark.parametrize(
    ("text", "unit", "role"),
    [
        ("工作要点中由市水利局牵头的任务有几项？", "市水利局", Role.LEAD),
        ("工作要点里，市融媒体中心配合的任务有哪些？", "市融媒体中心", Role.COOPERATE),
        ("由市水利局负责的任务有哪些？", "市水利局", Role.RESPONSIBLE),
        ("6月底前要完成的任务有哪些？", "", None),
    ],
)
def test_whose_tasks_are_meant(text: str, unit: str, role: Role | None) -> None:
    question = understand(text)
    assert (question.unit, question.role) == (unit, role)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2025年6月底前要完成的任务有哪些？", DayRange(date(2025, 6, 1), date(2025, 6, 30), strict=False)),
        ("要求2025年6月完成的任务有哪些？", DayRange(date(2025, 6, 1), date(2025, 6, 30))),
        ("2025年工作要点中9月完成的任务有哪些？", DayRange(date(2025, 9, 1), date(2025, 9, 30))),
        ("2025年工作要点中的任务有哪些？", None),
    ],
)
def test_when_the_tasks_that_are_meant_are_due(text: str, due: DayRange | None) -> None:
    found = understand(text).due
    assert (
        found is None
        if due is None
        else found is not None
        and (found.last, found.strict)
        == (
            due.last,
            due.strict,
        )
    )


TODAY = date(2025, 5, 14)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今天到期的任务有几项？", date(2025, 5, 14), date(2025, 5, 14)),
        ("本周要完成的任务有哪些？", date(2025, 5, 12), date(2025, 5, 18)),
        ("下周到期的任务有哪些？", date(2025, 5, 19), date(2025, 5, 25)),
        ("本月到期的任务有哪些？", date(2025, 5, 1), date(2025, 5, 31)),
        ("下个月到期的任务有哪些？", date(2025, 6, 1), date(2025, 6, 30)),
        ("本季度要完成的任务有哪些？", date(2025, 4, 1), date(2025, 6, 30)),
        ("今年要完成的任务有哪些？", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_times_counted_from_today(text: str, first: date, last: date) -> None:
    assert understand(text, TODAY).due == DayRange(first, last)


@pytest.mark.parametrize(
    ("text", "statuses", "overdue"),
    [
        ("市水利局逾期的任务有几项？", "", True),
        ("到期没完成的任务有哪些？", "", True),
        ("已完成的任务有几项？", "done closed rechecked", False),
        ("还没完成的任务有哪些？", "not_started in_progress extended", False),
        ("尚未启动的任务有哪些？", "not_started", False),
        ("正在推进的任务有几项？", "in_progress", False),
        ("已经销号的任务有几项？", "closed rechecked", False),
        ("还没销号的任务有几项？", "not_started in_progress extended done", False),
    ],
)
def test_how_far_the_tasks_that_are_meant_have_come(text: str, statuses: str, overdue: bool) -> None:
    asked = understand(text).status
    assert asked is not None
    assert (asked.statuses, asked.overdue) == (frozenset(statuses.split()), overdue)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("市水利局有几项任务？", "市水利局"),
        ("市教育局还有多少项任务？", "市教育局"),
        ("市教育局没办结的任务有几项？", "市教育局"),
        ("市教育局已销号的任务有哪些？", "市教育局"),
        ("10月底前市教育局要完成几项？", "市教育局"),
        ("其中市教育局牵头的有几项？", "市教育局"),
        ("3月底前市教育局到期的任务有哪些？", "市教育局"),
        ("市教育局牵头什么任务？", "市教育局"),
        ("市教育局督办的有哪些？", "市教育局"),
        ("安澜市有几项任务？", ""),
    ],
)
def test_a_unit_in_any_role(text: str, unit: str) -> None:
    assert understand(text).unit == unit


@pytest.mark.parametrize(
    ("text", "kind", "asks", "topic"),
    [
        ("那配合单位呢？", Kind.WHO, "cooperate", "清理河道垃圾"),
        ("什么时候完成？", Kind.WHEN, "limit", "清理河道垃圾"),
        ("望川县呢？", Kind.WHO, "lead", "清理河道垃圾"),
        ("拆除违法建筑由谁负责？", Kind.WHO, "", "拆除违法建筑"),
    ],
)
def test_a_question_goes_on_from_the_one_before(text: str, kind: Kind, asks: str, topic: str) -> None:
    before = understand("杭州市2025年清理河道垃圾由哪个部门牵头？")
    question = understand(text, after=before)
    assert (question.kind, question.asks) == (kind, asks)
    assert topic in question.topic


def test_a_question_of_its_own_forgets_the_one_before() -> None:
    before = understand("杭州市清理河道垃圾由哪个部门牵头？")
    assert understand("逾期的任务有几项？", after=before).places == ()
    assert [place.name for place in understand("那逾期的有几项任务？", after=before).places] == ["杭州市"]


def test_places_years_and_quoted_names() -> None:
    question = understand("浙江省杭州市2025年推广“水管家”平台由谁牵头？")
    assert [(place.name, place.written) for place in question.places] == [("杭州市", "杭州市")]
    assert question.years == (2025,)
    assert question.quoted == ("水管家",)


def test_the_topic_is_what_is_left() -> None:
    question = understand("杭州市2025年清理河道垃圾由哪个部门牵头？")
    assert question.topic.split() == ["清理河道垃圾由", "？"]


def test_the_words_beside_the_question_word() -> None:
    assert understand("河道整治一共关停取缔了多少户小作坊？").beside == ("治 关停取缔了", "小作坊？")


@pytest.mark.parametrize(
    ("text", "asks"), [("谁牵头？", True), ("河道整治怎么做", True), ("河道整治方案", False)]
)
def test_what_is_a_question(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@given(
    st.text(alphabet="谁何时多少几项任务牵头《》“”（）2025年6月底前完成的中由市水利局？，。 \n", max_size=40)
)
def test_any_words_are_understood_somehow(text: str) -> None:
    assert understand(text).kind in Kind


@pytest.mark.parametrize(
    ("text", "asks", "noun"),
    [
        ("安澜市购房补贴提到多少？", "money", ""),
        ("安澜市三孩家庭买房给多少补贴？", "money", ""),
        ("安澜市要建多少张养老床位？", "", "床位"),
        ("安澜市拆了多少户？", "", ""),
        ("安澜市要开展多少人次职业技能培训？", "", "培训"),
        ("安澜市多少户的房子要修？", "", ""),
    ],
)
def test_what_a_number_is_asked_of(text: str, asks: str, noun: str) -> None:
    question = understand(text)
    assert (question.kind, question.asks, question.counted_noun) == (Kind.NUMBER, asks, noun)


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("由市水利局牵头、市财政局配合的任务有哪些？", (("市财政局", Role.COOPERATE),)),
        ("由市水利局牵头的任务有哪些？", ()),
    ],
)
def test_further_units_of_the_same_tasks(text: str, partners: tuple[tuple[str, Role], ...]) -> None:
    assert understand(text).partners == partners


@pytest.mark.parametrize(
    ("text", "file"), [("od03中办结了几项？", "od03"), ("A类人才补多少钱？", ""), ("地表水“9+X”的指标", "")]
)
def test_the_name_of_a_file(text: str, file: str) -> None:
    assert understand(text).file == file


def test_what_a_place_lies_in_is_no_topic() -> None:
    assert "南京" not in understand("南京溧水区买房补贴多少钱？").topic


@pytest.mark.parametrize(
    ("text", "steps"),
    [("办法由谁负责解释？", True), ("河道清淤由谁负责？", False), ("办法解释什么？", False)],
)
def test_questions_for_who_does_a_step(text: str, steps: bool) -> None:
    assert asks_procedure(text) is steps


@pytest.mark.parametrize(
    ("text", "how_many"),
    [
        ("两个示范区分别叫什么？", 2),
        ("签约的3个项目叫什么？", 3),
        ("第三个项目叫什么？", 0),
        ("三个项目投资多少？", 0),
    ],
)
def test_how_many_names_are_asked_for(text: str, how_many: int) -> None:
    assert understand(text).how_many == how_many


@pytest.mark.parametrize(
    ("text", "number"),
    [("云政办发〔2025〕1号支持哪些领域？", "云政办发〔2025〕1号"), ("工作要点支持哪些领域？", "")],
)
def test_a_document_is_named_by_its_number(text: str, number: str) -> None:
    question = understand(text)
    assert question.number == number
    assert "1号" not in question.topic


@pytest.mark.parametrize(
    ("text", "counted", "how_many"),
    [
        ("重点保障的是哪8类生活必需品？", "生活必需品", 8),
        ("要制定哪几部条例的细则？", "条例", 0),
        ("要交哪三样材料？", "材料", 3),
        ("哪几种情形可以不办？", "情形", 0),
        ("四大主题活动是哪四个？", "", 4),
        ("应当满足哪些条件？", "条件", 0),
    ],
)
def test_what_is_listed_and_how_many(text: str, counted: str, how_many: int) -> None:
    question = understand(text)
    assert (question.counted, question.how_many) == (counted, how_many)
