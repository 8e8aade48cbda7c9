"""Word documents: what stands on the page, in reading order, and nothing else."""

import pytest

from ingest.readers.base import RawCell, RawLine
from ingest.readers.docx.reader import READER
from tests.ingest.readers.docx_builder import cell, docx, paragraph, part, row, run, style, table, zipped


def lines(*blocks: str, styles: str = "") -> tuple[RawLine, ...]:
    return READER.read(docx(*blocks, styles=styles), "a.docx").lines


def words(*blocks: str, styles: str = "") -> list[str]:
    return [line.text for line in lines(*blocks, styles=styles)]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(run("由市水利局") + run("牵头"), "由市水利局牵头", id="runs are joined"),
        pytest.param(
            f'<w:ins w:id="1">{run("新增")}</w:ins>{run("内容")}', "新增内容", id="insertions are read"
        ),
        pytest.param(
            f'<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>{run("新")}',
            "新",
            id="deletions are not",
        ),
        pytest.param(
            f"<w:moveFrom>{run('走')}</w:moveFrom><w:moveTo>{run('来')}</w:moveTo>",
            "来",
            id="moved text once",
        ),
        pytest.param(run("显") + run("隐", "<w:vanish/>"), "显", id="hidden text is not read"),
        pytest.param(run("显", '<w:vanish w:val="0"/>'), "显", id="hiding switched off"),
        pytest.param(f"<w:hyperlink>{run('链接')}</w:hyperlink>", "链接", id="links"),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>",
            "控件",
            id="content controls",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            + run("3"),
            "3",
            id="field codes are not read, their results are",
        ),
        pytest.param(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/></w:r>", "甲 乙-", id="tabs and hyphens"
        ),
        pytest.param(
            "<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "拼",
            id="ruby without its reading aid",
        ),
        pytest.param("<m:oMath><m:r><m:t>x≥3</m:t></m:r></m:oMath>", "x≥3", id="formulas"),
        pytest.param(run("正文") + '<w:r><w:commentReference w:id="0"/></w:r>', "正文", id="comments"),
        pytest.param("<!-- note -->" + run("正文"), "正文", id="XML comments"),
    ],
)
def test_words_of_a_paragraph(inner: str, text: str) -> None:
    assert words(paragraph(inner=inner)) == [text]


def test_a_break_by_hand_begins_a_line_and_a_page_break_does_not() -> None:
    assert words(paragraph("关于印发\n方案的通知")) == ["关于印发", "方案的通知"]
    assert words(paragraph(inner='<w:r><w:t>上</w:t><w:br w:type="page"/><w:t>下</w:t></w:r>')) == ["上下"]


def test_a_deleted_paragraph_end_joins_the_next_one() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert words(paragraph("上半", gone), paragraph("下半"), paragraph("后文")) == ["上半下半", "后文"]
    assert words(paragraph("末段", gone)) == ["末段"]


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph('框内')}</w:txbxContent></wps:txbx>"
    old = f"<w:pict><v:textbox><w:txbxContent>{paragraph('框内')}</w:txbxContent></v:textbox></w:pict>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert words(paragraph(inner=run("框外") + both), paragraph("后文")) == ["框外", "框内", "后文"]
    assert words(paragraph(inner=f"<w:r>{old}</w:r>")) == ["框内"]


def test_headings_and_alignment_come_from_paragraph_or_style() -> None:
    styles = (
        style("Base", "heading 2", '<w:outlineLvl w:val="1"/><w:jc w:val="center"/>')
        + style("Derived", "derived", based_on="Base")
        + style("Circle", "circle", based_on="Circle")
        + style("Contents", "toc 1")
    )
    found = lines(
        paragraph("一", '<w:pStyle w:val="Derived"/>'),
        paragraph("二", '<w:pStyle w:val="Derived"/><w:jc w:val="left"/><w:outlineLvl w:val="9"/>'),
        paragraph("三", '<w:outlineLvl w:val="0"/>'),
        paragraph("四", '<w:pStyle w:val="Circle"/>'),
        paragraph("一、总则 1", '<w:pStyle w:val="Contents"/>'),
        styles=styles,
    )
    assert [(line.heading, line.centred, line.furniture) for line in found] == [
        (2, True, False),
        (0, False, False),
        (1, False, False),
        (0, False, False),
        (0, False, True),
    ]
    assert all(line.whole for line in found)


def test_merged_cells_stand_once_and_continue_below() -> None:
    found = lines(
        table(
            row("序号", "任务", "措施", "单位", header=True),
            row(cell("一、治水", columns=4)),
            row("1", cell("排污口", merge="restart"), "排查", cell("市水利局", merge="restart")),
            row("", cell("", merge="continue"), "整治", cell("", merge="continue")),
        )
    )
    assert [line.header for line in found] == [True, False, False, False]
    assert [line.table for line in found] == [0, 0, 0, 0]
    assert found[1].cells == (RawCell(0, "一、治水", 4),)
    assert found[3].cells == (
        RawCell(0, ""),
        RawCell(1, "排污口", own=False),
        RawCell(2, "整治"),
        RawCell(3, "市水利局", own=False),
    )
    assert found[3].text == "\t\t整治\t"


def test_cells_keep_their_paragraphs_and_nested_tables() -> None:
    inner = table(row("甲", "乙"), row("丙", "丁"))
    found = lines(table(row(cell(paragraph("上") + paragraph("下") + inner), "右"), row("左", "右")))
    assert found[0].cells[0].text == "上\n下\n甲 乙\n丙 丁"


def test_a_cell_that_begins_right_of_the_first_column() -> None:
    shifted = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("右", columns=2)}</w:tr>'
    found = lines(table(row("一", "二", "三", "四"), shifted))
    assert found[1].cells == (RawCell(2, "右", 2),)


def test_a_table_of_single_cells_is_a_frame_around_text() -> None:
    found = lines(table(row("抄送：县委办公室。"), row("2026年10月13日印发")))
    assert [(line.text, line.table) for line in found] == [
        ("抄送：县委办公室。", None),
        ("2026年10月13日印发", None),
    ]


def test_deleted_rows_are_left_out_and_tables_are_numbered() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("旧")}{cell("旧")}</w:tr>'
    found = lines(table(row("甲", "乙"), gone), paragraph("间"), table(row("丙", "丁")))
    assert [(line.text, line.table) for line in found] == [("甲\t乙", 0), ("间", None), ("丙\t丁", 1)]


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ([["序号", "任务", "单位"], ["1", "治水。", "市水利局"]], [True, False]),
        ([["1", "治水", "市水利局"], ["2", "治气", "市环保局"]], [False, False]),
        ([["联系人", "张三"], ["电话", "123"]], [False, False]),
        ([["任务：治理全市入河排污口。", "单位", "时限"], ["甲", "乙", "丙"]], [False, False]),
    ],
)
def test_a_column_head_is_known_by_its_short_phrases(rows: list[list[str]], headers: list[bool]) -> None:
    assert [line.header for line in lines(table(*(row(*cells) for cells in rows)))] == headers


def test_a_column_head_of_two_rows() -> None:
    found = lines(
        table(
            row(cell("序号", merge="restart"), cell("任务", merge="restart"), cell("责任落实", columns=2)),
            row(cell("", merge="continue"), cell("", merge="continue"), "牵头单位", "配合单位"),
            row("1", "治水", "市水利局", "市财政局"),
        )
    )
    assert [line.header for line in found] == [True, True, False]


def test_strict_files_are_read_too() -> None:
    strict = {
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        "<w:body><w:p><w:r><w:t>严格</w:t></w:r></w:p></w:body></w:document>"
    }
    assert [line.text for line in READER.read(docx(parts=strict), "a.docx").lines] == ["严格"]


def test_the_main_part_may_have_another_name() -> None:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="/word/document2.xml"/></Relationships>'
    )
    body = part("document", f"<w:body>{paragraph('正文')}</w:body>")
    data = zipped({"_rels/.rels": relation, "word/document2.xml": body})
    assert [line.text for line in READER.read(data, "a.docx").lines] == ["正文"]


def test_page_heads_are_furniture() -> None:
    heads = {
        "word/header1.xml": part("hdr", paragraph("机密★1年")),
        "word/header2.xml": part("hdr", table(row("安澜市", "工作方案"), columns=2)),
    }
    read = READER.read(docx(paragraph("正文"), parts=heads), "a.docx").lines
    assert [(line.text, line.furniture) for line in read] == [
        ("正文", False),
        ("机密★1年", True),
        ("安澜市\t工作方案", True),
    ]


PAGE_MARK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_are_those_that_word_noted() -> None:
    rows = table(
        row(cell(paragraph(inner=PAGE_MARK + run("一"))), cell(paragraph(inner=PAGE_MARK + run("二"))))
    )
    blocks = (
        paragraph("第一页"),
        paragraph(inner=run("第一页结尾，") + PAGE_MARK + run("第二页开头")),
        paragraph(inner=PAGE_MARK + run("第三页")),
        rows.replace("</w:tr>", "</w:tr>" + row("三", "四"), 1),
        paragraph("仍是第四页"),
    )
    assert [line.page for line in lines(*blocks)] == [1, 1, 3, 4, 4, 4]


def test_without_notes_of_word_there_are_no_pages() -> None:
    assert [line.page for line in lines(paragraph("甲"), table(row("一", "二")))] == [None, None]


def test_footnotes_stand_at_the_end() -> None:
    inner = "<w:r><w:footnoteRef/></w:r>" + run(" 指入河口门。")
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{paragraph(inner=inner)}</w:footnote>'
    )
    text = paragraph(inner=run("排污口") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + run("整治"))
    data = docx(text, parts={"word/footnotes.xml": part("footnotes", notes)})
    found = READER.read(data, "a.docx").lines
    assert [(line.text, line.note) for line in found] == [("排污口整治", False), ("指入河口门。", True)]
