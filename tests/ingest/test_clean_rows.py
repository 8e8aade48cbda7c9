"""Table rows in the canonical text."""

from ingest.clean import clean
from tests.ingest.build import raw_lines, raw_row


def test_a_row_is_one_line_with_tabs() -> None:
    made = clean(raw_lines(raw_row("1", "整治排污口", "市水利局")))
    assert made.text == "1\t整治排污口\t市水利局\n"
    assert [cell.span.of(made.text) for cell in made.lines[0].cells] == ["1", "整治排污口", "市水利局"]


def test_a_continued_cell_is_empty_in_the_text_and_points_to_its_first_row() -> None:
    rows = (raw_row("水环境", "排查", "6月"), raw_row(None, "整改", "9月", above=("水环境",)))
    made = clean(raw_lines(*rows))
    assert made.text == "水环境\t排查\t6月\n\t整改\t9月\n"
    first, second = made.lines[0].cells[0], made.lines[1].cells[0]
    assert (first.own, second.own) == (True, False)
    assert first.span == second.span


def test_line_ends_within_a_cell_are_closed() -> None:
    made = clean(raw_lines(raw_row("1", "开展河道\n清淤疏浚", "Open\nCity 平台")))
    assert made.text == "1\t开展河道清淤疏浚\tOpen City平台\n"


def test_nothing_is_joined_to_a_row() -> None:
    made = clean(raw_lines("各单位要认真抓好落实，", raw_row("1", "排查"), "，附后"))
    assert made.text.splitlines()[1] == "1\t排查"
