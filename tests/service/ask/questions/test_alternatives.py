"""What one sentence tells apart: an answer for one kind is none for another."""

from __future__ import annotations

import pytest

from service.ask.questions.alternatives import kinds_asked, speaks_of_another


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("个人最高能贷多少？", "家庭最高可贷100万元", True),
        ("个人最高能贷多少？", "单职工最高可贷50万元", False),
        ("个人和家庭最高能贷多少？", "家庭最高可贷100万元", False),
        ("租房一年最多提取多少？", "贷款最高额度提高到70万元", True),
        ("租房一年最多提取多少？", "可提取1.5万元", False),
        ("复杂事项等多久？", "一般事项不超过10分钟", True),
        ("复杂事项等多久？", "一般事项和复杂事项均不超过10分钟", False),
        ("硕士买房补贴多少？", "博士20万元", True),
        ("补贴多少？", "博士20万元", False),
        ("本市户籍家庭限购几套？", "非本市户籍家庭限购1套", True),
        ("租房每月能提多少？", "每年不超过24000元", True),
        ("租房每月能提多少？", "提高至2000元/月", False),
        ("外环内限购几套？", "在外环外购买不限套数", True),
        ("90平方米以上的税率是多少？", "面积为90平方米及以下的，减按1%", True),
        ("商贷首付几成？", "住房公积金贷款首付20%", True),
        ("公积金首付几成？", "商业性个人住房贷款首付15%", True),
        ("商贷首付几成？", "首付比例统一为15%", False),
        ("两个人缴存能贷多少？", "只有1人缴存的，最高贷50万元", True),
        ("双缴存家庭能贷多少？", "缴纳个人所得税满3年的", False),
    ],
)
def test_another_kind_than_asked(question: str, text: str, another: bool) -> None:
    assert speaks_of_another(text, kinds_asked(question)) is another


def test_what_stands_before_tells_where_the_text_itself_is_silent() -> None:
    asked = kinds_asked("唯一住房的税率是多少？")
    assert speaks_of_another("90平方米以上的减按2%", asked, "对第二套改善性住房减按1%；")
    assert not speaks_of_another("90平方米以上的减按1.5%", asked, "对家庭唯一住房减按1%；")
    assert not speaks_of_another("家庭唯一住房减按1.5%", asked, "对第二套改善性住房减按1%；")
