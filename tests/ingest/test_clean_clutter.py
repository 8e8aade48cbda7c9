"""What web pages and sharing sites put around a text, and what that tells."""

import pytest

from ingest.cleaning.clutter import Clues
from tests.ingest.build import canonical, cleaned

BODY = "为进一步加强河道管理，保障行洪安全，结合我市实际，现就有关事项通知如下，请各县区认真抓好贯彻落实。"


@pytest.mark.parametrize(
    "clutter",
    [
        "登录 退出",
        "当前位置：首页 > 政务公开 > 正文",
        "打印",
        "【字号：大 中 小】",
        "分享到：微信 微博",
        "访问量：1386",
        "2024-03-05 10:20",
        "来源：安澜市水利局 访问量：12",
        "发布时间：2024-03-05 10:20 来源：安澜市水利局 浏览次数：33",
        "索 引 号：0123-45 主题分类：水利",
        "《河道管理讲话.docx》由会员分享，可在线阅读，更多相关请在某某文库上搜索。",
        "原文链接：https://www.example.cn/a.html",
    ],
)
def test_clutter_above_the_text_goes(clutter: str) -> None:
    assert canonical(f"{clutter}\n关于加强河道管理的通知\n{BODY}") == ["关于加强河道管理的通知", BODY]


@pytest.mark.parametrize(
    "clutter",
    [
        "扫一扫在手机打开当前页",
        "相关报道：\n我市召开防汛会议",
        "主办单位：安澜市人民政府\n地址：安澜市滨河路1号\n网站标识码：1234567890",
        "安ICP备12345678号\n安澜市人民政府",
        "预览阅读已结束，若您需要全文请联系老师",
        "【打印】【关闭】",
    ],
)
def test_clutter_below_the_text_goes(clutter: str) -> None:
    assert canonical(f"{BODY}\n{clutter}") == [BODY]


def test_breadcrumbs_one_word_to_a_line_go() -> None:
    page = f"您的位置：\n首页\n>\n政务公开\n>\n文件\n关于加强河道管理的通知\n{BODY}"
    assert canonical(page) == ["关于加强河道管理的通知", BODY]


def test_a_field_may_have_its_value_on_the_next_line() -> None:
    page = cleaned(f"关于加强河道管理的通知\n发布时间：\n2024-03-05\n来源：\n安澜日报\n{BODY}")
    assert page.text.splitlines() == ["关于加强河道管理的通知", BODY]
    assert (page.clues.date, page.clues.issuer) == ("2024-03-05", "安澜日报")


def test_words_of_buttons_within_the_text_stay() -> None:
    lines = [
        BODY,
        "打印",
        "各窗口提供打印、复印等服务，做到一次办结，不让群众多跑腿，切实提升群众办事的满意度。",
    ]
    assert canonical("\n".join(lines)) == lines


def test_words_of_a_sites_foot_within_the_text_stay() -> None:
    lines = [BODY, "一、排查燃气管", "网安全隐患。（国网安澜供电公司负责）", "二、本通知自印发之日起施行。"]
    assert "".join(canonical("\n".join(lines))) == "".join(lines)


def test_the_end_of_a_title_on_a_line_of_its_own_is_no_mark_of_crumbs() -> None:
    lines = ["为推广实施", "《河道管理指南", "（第三版）", "》", "地方标准", "（以下简称地方标准），", BODY]
    assert "".join(canonical("\n".join(lines))) == "".join(lines)


@pytest.mark.parametrize(
    ("clutter", "clues"),
    [
        ("来源：安澜市水利局 访问量：12", Clues(issuer="安澜市水利局")),
        ("2024-03-05 10:20", Clues(date="2024-03-05")),
        (
            "发文机关：安澜市水利局 发文字号：安水发〔2024〕3号",
            Clues(publisher="安澜市水利局", doc_number="安水发〔2024〕3号"),
        ),
        ("《在河道管理会议上的讲话.docx》由会员分享，可在线阅读", Clues(title="在河道管理会议上的讲话")),
    ],
)
def test_clues(clutter: str, clues: Clues) -> None:
    assert cleaned(f"{clutter}\n{BODY}").clues == clues


def test_the_foot_tells_who_runs_the_site() -> None:
    assert cleaned(f"{BODY}\n主办单位：安澜市水利局\n网站标识码：123").clues.site == "安澜市水利局"
