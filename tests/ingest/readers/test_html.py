"""Web pages: the document without the site around it, whatever system published it."""

import pytest

from ingest.readers.base import RawCell, RawDocument
from ingest.readers.html.reader import READER

ARTICLE = (
    "<p>安澜市水环境整治工作方案</p><p>一、总体要求。各县（区）要压实责任，确保完成年度任务，持续改善水环境质量。</p>"
    "<p>二、主要任务。由市生态环境局牵头，2026年9月底前完成入河排污口排查。</p>"
)
WORDS = [
    "安澜市水环境整治工作方案",
    "一、总体要求。各县（区）要压实责任，确保完成年度任务，持续改善水环境质量。",
    "二、主要任务。由市生态环境局牵头，2026年9月底前完成入河排污口排查。",
]


def read(page: str, encoding: str = "utf-8") -> RawDocument:
    return READER.read(page.encode(encoding), "a.html")


def words(body: str, head: str = "") -> list[str]:
    return [line.text for line in read(f"<html><head>{head}</head><body>{body}</body></html>").lines]


def in_container(inside: str, around: str = "") -> str:
    return f'{around}<div class="TRS_Editor">{ARTICLE}{inside}</div>'


@pytest.mark.parametrize(
    "container",
    [
        '<div class="TRS_Editor">{}</div>',
        '<div id="UCAP-CONTENT">{}</div>',
        '<div id="zoom">{}</div>',
        '<div class="view TRS_UEDITOR">{}</div>',
        '<div class="v_news_content">{}</div>',
        '<div itemprop="articleBody">{}</div>',
        '<form id="aspnetForm"><div class="pages_content">{}</div></form>',
        '<div class="a"><div class="b">{}</div></div>',
        "<table><tr><td>{}</td></tr></table>",
        '<div class="print-area">{}</div>',
        "{}",
    ],
)
def test_the_document_is_found_in_any_container(container: str) -> None:
    site = (
        '<div class="nav"><a>首页</a><a>政务公开</a></div>{}'
        '<div class="footer"><p>主办单位：安澜市人民政府　承办单位：市数据局　技术支持：云岭软件</p></div>'
    )
    assert words(site.format(container.format(ARTICLE))) == WORDS


def test_annexes_in_containers_of_the_same_mark_are_read() -> None:
    annex = f'<div class="TRS_Editor"><p>{"附件所列任务由各县区落实。" * 8}</p></div>'
    other = f'<div class="TRS_UEDITOR"><p>{"另一篇文章的文字。" * 12}</p></div>'
    longer = f'<div class="TRS_Editor">{ARTICLE}{ARTICLE}</div>'
    assert words(longer + other + annex) == [*WORDS, *WORDS, "附件所列任务由各县区落实。" * 8]


@pytest.mark.parametrize(
    "clutter",
    [
        '<div class="crumbs">当前位置：首页 &gt; 政务公开 &gt; 正文</div>',
        "<p>您现在的位置：首页 &gt; 政务公开</p>",
        "<div>发布时间：2026-02-20 09:31　来源：市委农办　浏览次数：1386</div>",
        "<div>2026-02-20 09:31 来源：市政府办 【字号：大 中 小】</div>",
        "<div>信息来源：市水利局</div>",
        "<p>访问量：1024</p>",
        "<p>【字体：大 中 小】</p>",
        "<p>[打印] [关闭]</p>",
        "<p>打印本页</p>",
        "<p>分享到：微信 微博</p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<p>上一篇：关于做好春耕工作的通知</p>",
        "<p>责任编辑：张三</p>",
        "<p>相关阅读</p>",
        "<p>网站标识码：0000000000　ICP备00000000号</p>",
        "<p>版权所有：安澜市人民政府</p>",
        "<p>联系我们 | 网站地图 | 隐私声明</p>",
        '<div style="display: none">责任单位：网站科；2026年1月底前</div>',
        "<div hidden>由市教育局牵头</div>",
        '<div class="tip">由市教育局牵头</div>',
        "<script>document.write('由市教育局牵头')</script>",
        "<style>p{color:red}</style>",
        "<noscript>请启用脚本</noscript>",
        "<button>收藏</button>",
        '<div class="share">一键转发</div>',
        '<div class="rightSidebar"><p>热点推荐</p></div>',
        "<!-- 由市教育局牵头 -->",
        "<nav>政务公开</nav>",
    ],
)
def test_clutter_is_left_out(clutter: str) -> None:
    style = "<style>@media print{.TRS_Editor{display:none}} .tip{display:none}</style>"
    assert words(in_container(clutter), style) == WORDS
    assert words(clutter + f"<div>{ARTICLE}</div>", style) == WORDS


@pytest.mark.parametrize(
    "text",
    [
        "来源清楚、责任明确的问题，由市水利局于2026年6月底前办结。",
        "主办单位：市教育局",
        "发布时间服从全市统一安排。",
        "打印机采购由市财政局负责。",
        "首页改版由市数据局牵头。",
    ],
)
def test_text_that_looks_like_clutter_stays(text: str) -> None:
    assert words(in_container(f"<p>{text}</p>")) == [*WORDS, text]


@pytest.mark.parametrize(
    ("head", "body", "facts"),
    [
        (
            '<meta name="ArticleTitle" content="安澜市 工作方案">'
            '<meta name="PubDate" content="2026-02-20 09:31"><meta name="ContentSource" content="市水利局">',
            "",
            ("安澜市 工作方案", "市水利局", "2026-02-20"),
        ),
        (
            "<title>安澜市工作方案_安澜市人民政府门户网站</title>",
            "<div>发布日期：2026年2月3日　来源：市委农办　浏览次数：3</div>",
            ("安澜市工作方案", "市委农办", "2026-02-03"),
        ),
        (
            "<title>安澜市水环境整治… - 政务公开</title>",
            "<h1>安澜市水环境整治方案</h1>",
            ("安澜市水环境整治方案", None, None),
        ),
        ("<title>首页</title>", "", ("首页", None, None)),
        ('<meta name="pubdate" content="2026-13-40">', "", (None, None, None)),
        ("", "", (None, None, None)),
    ],
)
def test_facts_of_the_page(head: str, body: str, facts: tuple[str | None, ...]) -> None:
    found = read(f"<html><head>{head}</head><body>{body}{in_container('')}</body></html>")
    assert (found.title, found.issuer, found.date) == facts


def test_a_title_outside_the_text_is_put_on_top() -> None:
    head = '<meta name="ArticleTitle" content="关于印发工作方案的通知">'
    found = read(
        f"<html><head>{head}</head><body><h1>关于印发工作方案的通知</h1>{in_container('')}</body></html>"
    )
    assert [line.text for line in found.lines] == ["关于印发工作方案的通知", *WORDS]
    assert found.lines[0].centred
    assert words(in_container(""), '<meta name="ArticleTitle" content="安澜市水环境整治工作方案">') == WORDS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_from_the_bytes(encoding: str) -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{in_container("")}</body></html>'
    assert READER.recognises(page.encode(encoding))
    assert [line.text for line in read(page, encoding).lines] == WORDS


def test_xhtml_with_an_xml_declaration_is_read() -> None:
    page = (
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html><body>{in_container("")}</body></html>'
    )
    assert READER.recognises(page.encode())
    assert [line.text for line in read(page).lines] == WORDS


def test_breaks_lists_and_headings() -> None:
    inside = (
        "<h2>三、保障措施</h2>上行<br>下行<ol start='3'><li>丙</li><li><p>丁</p><p>续</p></li></ol>"
        "<ul><li>无号</li></ul><center>居中</center><p align='right'>署名</p>"
    )
    found = read(f"<html><body>{in_container(inside)}</body></html>").lines[len(WORDS) :]
    assert [(line.text, line.heading, line.centred) for line in found] == [
        ("三、保障措施", 2, False),
        ("上行", 0, False),
        ("下行", 0, False),
        ("3.丙", 0, False),
        ("4.丁", 0, False),
        ("续", 0, False),
        ("无号", 0, False),
        ("居中", 0, True),
        ("署名", 0, False),
    ]


def test_merged_cells_of_a_table() -> None:
    table = (
        "<table><thead><tr><th>序号</th><th>任务</th><th colspan=2>责任</th></tr></thead>"
        "<tr><td rowspan=2>1</td><td rowspan=2>治水</td><td>市水利局</td><td>6月<br>底前</td></tr>"
        "<tr><td>市财政局</td><td>7月底前</td></tr></table>"
    )
    rows = [line for line in read(f"<html><body>{in_container(table)}</body></html>").lines if line.cells]
    assert [row.header for row in rows] == [True, False, False]
    assert rows[0].cells[2] == RawCell(2, "责任", 2)
    assert rows[1].cells[3].text == "6月\n底前"
    assert rows[2].cells == (
        RawCell(0, "1", own=False),
        RawCell(1, "治水", own=False),
        RawCell(2, "市财政局"),
        RawCell(3, "7月底前"),
    )


def test_a_layout_table_is_no_table() -> None:
    frame = f"<table><tr><td>{in_container('')}</td><td>旁</td></tr><tr><td>下</td><td>下</td></tr></table>"
    found = read(f"<html><body>{frame}</body></html>").lines
    assert [line.text for line in found] == WORDS
    assert not any(line.cells for line in found)


@pytest.mark.parametrize(
    ("data", "is_page"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\n\n<!-- saved --><HTML>", True),
        (b"<div class='a'>", True),
        ("<".encode("utf-16"), False),
        ("# 标题".encode(), False),
        ("<工作方案>已经印发".encode(), False),
        (b"<?xml version='1.0'?><root/>", False),
    ],
)
def test_pages_are_recognised(data: bytes, is_page: bool) -> None:
    assert READER.recognises(data) is is_page


def test_chinese_numbers_of_a_list_are_written_as_shown() -> None:
    listed = '<ol style="list-style-type: cjk-ideographic"><li>总体要求</li><li>主要任务</li></ol>'
    lines = READER.read(f"<html><body>{listed}</body></html>".encode(), "a.html").lines
    assert [line.text for line in lines] == ["一、总体要求", "二、主要任务"]


def test_a_page_that_is_nothing_but_a_table_keeps_it() -> None:
    rows = (["序号", "任务", "单位"], ["1", "植树", "县林业局"])
    table = "".join("<tr><td>" + "</td><td>".join(row) + "</td></tr>" for row in rows)
    page = f"<html><body><h1>安澜市重点任务分工表</h1><table>{table}</table></body></html>"
    assert "1\t植树\t县林业局" in [line.text for line in READER.read(page.encode(), "a.html").lines]
