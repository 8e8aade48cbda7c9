"""按单位 and 单位汇总: which unit has which tasks, and how many of them are done or late."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from corpus.records import JsonObject
from service.ledger import short_text
from service.ledgerbook.colours import Places, add_colours
from service.ledgerbook.columns import REPEATS, CellValue, Column, LedgerTable, repeats, source_words
from service.ledgerbook.look import SETTLED, SETTLED_WORDS
from service.ledgerbook.sheets import (
    DAY_FORMAT,
    FIRST_ROW,
    HEAD_ROW,
    LEDGER_SHEET,
    SPARE_ROWS,
    Sheets,
    height,
    set_page,
)

if TYPE_CHECKING:
    from service.ledgerbook.files import Book

ROLES = {"lead": "牵头", "responsible": "责任", "cooperate": "配合", "supervise": "督导"}
LIST, TOTALS = "按单位", "单位汇总"
LONGEST = 80
DAY_ZERO = date(1899, 12, 30)
"""From here spreadsheets count days."""
FIRST = FIRST_ROW + 1
"""1-indexed row of the first entry on both sheets."""


@dataclass(frozen=True, slots=True)
class Share:
    """One task of one unit."""

    unit: str
    roles: tuple[str, ...]
    """In words."""
    place: int
    """0-indexed row of the ledger."""
    row: JsonObject


def shares(rows: Sequence[JsonObject]) -> list[Share]:
    """Return the tasks of each unit, the unit with most tasks first, its tasks in the order of the ledger.

    Units are told apart by their full names and shown as they are written where that leaves no doubt.
    """
    found: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for place, row in enumerate(rows):
        for unit in row["units"]:
            key = unit["canonical"] or unit["name"]
            found[key][place].append(ROLES[unit["role"]])
            written[key][unit["name"]] += 1
    names = _names(written)
    order = sorted(found, key=lambda key: (-len(found[key]), names[key]))
    return [
        Share(names[key], tuple(dict.fromkeys(roles)), place, rows[place])
        for key in order
        for place, roles in sorted(found[key].items())
    ]


def _names(written: dict[str, Counter[str]]) -> dict[str, str]:
    """Return the name under which each unit is shown: the usual one, unless another unit has it, too."""
    usual = {key: names.most_common(1)[0][0] for key, names in written.items()}
    taken = Counter(usual.values())
    return {key: name if taken[name] == 1 else key for key, name in usual.items()}


def add_unit_sheets(sheets: Sheets, book: Book, table: LedgerTable) -> None:
    """Add both sheets; states and days of the list follow those of the ledger."""
    found = shares(book.rows)
    _add_list(sheets, book, table, found)
    _add_totals(sheets, book, found)


LIST_COLUMNS = (
    Column("unit", "单位", 22, lambda _: None),
    Column("role", "角色", 10, lambda _: None),
    Column("number", "序号", 6, lambda _: None, centred=True),
    Column("text", "重点任务", 60, lambda _: None),
    Column("limits", "完成时限", 18, lambda _: None),
    Column("day", "截止日期", 12, lambda _: None, centred=True),
    Column("status", "状态", 10, lambda _: None, centred=True),
    Column("origin", "来源", 26, lambda _: None),
    Column("repeat", "周期", 6, lambda _: None, hidden=True),
)


def _add_list(sheets: Sheets, book: Book, table: LedgerTable, found: Sequence[Share]) -> None:
    sheet = sheets.target.add_worksheet(LIST)
    note = "每个单位的任务；截止日期和状态随“任务台账”变化。"
    sheets.title(sheet, f"{book.title}（按单位）", note, 7)
    sheets.head(sheet, HEAD_ROW, [column.head for column in LIST_COLUMNS])
    for place, column in enumerate(LIST_COLUMNS):
        sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
    source = _Source(table)
    for row, share in enumerate(found, start=FIRST - 1):
        _write_share(sheets, sheet, row, share, source)
    end = FIRST - 1 + max(len(found), 1) - 1
    sheet.freeze_panes(FIRST - 1, 0)
    sheet.autofilter(HEAD_ROW, 0, end, len(LIST_COLUMNS) - 1)
    sheet.print_area(0, 0, end, 7)
    set_page(sheet, HEAD_ROW)
    add_colours(sheets, sheet, Places("C", "F", "G", "I"), end)


class _Source:
    """Writes formulas that follow a row of the ledger, which they find by its id."""

    def __init__(self, table: LedgerTable) -> None:
        self.table = table
        self._ids = self._cells("id")

    def cell(self, key: str, share: Share) -> str:
        """Return the formula for a cell of the share's row; "" where the ledger has no ids."""
        if not self._ids or not share.row["id"]:
            return ""
        return f'=IFERROR(INDEX({self._cells(key)},MATCH("{share.row["id"]}",{self._ids},0)),"")'

    def _cells(self, key: str) -> str:
        place = self.table.place(key)
        if place is None:
            return ""
        name = xl_col_to_name(place)
        last = FIRST_ROW + len(self.table.cells) + SPARE_ROWS
        return f"'{LEDGER_SHEET}'!${name}${FIRST_ROW + 1}:${name}${last}"


# An empty cell of the ledger comes as 0, which these formats do not show.
FOLLOWED = {"day": f"{DAY_FORMAT};;;@", "status": ";;;@"}


def _write_share(sheets: Sheets, sheet: Worksheet, row: int, share: Share, source: _Source) -> None:
    values = _values(source.table, share)
    for place, column in enumerate(LIST_COLUMNS):
        value, look = values[column.key], {"align": "center"} if column.centred else {}
        formula = source.cell(column.key, share) if column.key in FOLLOWED else ""
        if formula:
            shown = (value - DAY_ZERO).days if isinstance(value, date) else value or ""
            look |= {"num_format": FOLLOWED[column.key]}
            sheet.write_formula(row, place, formula, sheets.format(**look), shown)
        else:
            sheets.put(sheet, row, place, value, **look)
    sheet.set_row(row, height(LIST_COLUMNS, [values[column.key] for column in LIST_COLUMNS]))


def _values(table: LedgerTable, share: Share) -> dict[str, CellValue]:
    def cell(key: str) -> CellValue:
        place = table.place(key)
        return None if place is None else table.cells[share.place][place]

    return {
        "unit": share.unit,
        "role": "、".join(share.roles),
        "number": share.place + 1,
        "text": short_text(share.row, LONGEST),
        "limits": cell("limits"),
        "day": cell("day"),
        "status": cell("status"),
        "origin": source_words(share.row),
        "repeat": REPEATS if repeats(share.row) else "",
    }


def _add_totals(sheets: Sheets, book: Book, found: Sequence[Share]) -> None:
    sheet = sheets.target.add_worksheet(TOTALS)
    heads = [
        "单位",
        "任务数",
        *ROLES.values(),
        "已办结",
        "未办结",
        "已逾期",
        f"{book.look.days}天内到期",
        "办结率",
    ]
    sheets.title(sheet, f"{book.title}（单位汇总）", "数字随“按单位”和打开的日期变化。", len(heads) - 1)
    sheets.head(sheet, HEAD_ROW, heads)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(heads) - 1, 9)
    last = FIRST + max(len(found), 1) - 1
    groups: dict[str, list[Share]] = defaultdict(list)
    for share in found:
        groups[share.unit].append(share)
    for row, (unit, own) in enumerate(groups.items(), start=FIRST - 1):
        sheets.put(sheet, row, 0, unit)
        centred = sheets.format(align="center")
        formulas = _formulas(row + 1, last, book.look.days)
        for place, (formula, value) in enumerate(zip(formulas, _counts(own, book), strict=True), start=1):
            sheet.write_formula(row, place, formula, centred, value)
        percent = sheets.format(align="center", num_format="0%")
        share_done = f'=IF(B{row + 1}=0,"",G{row + 1}/B{row + 1})'
        sheet.write_formula(row, len(heads) - 1, share_done, percent, _counts(own, book)[5] / len(own))
    sheet.freeze_panes(FIRST - 1, 1)
    sheet.print_area(0, 0, FIRST - 1 + max(len(groups), 1) - 1, len(heads) - 1)
    set_page(sheet, HEAD_ROW)


def _formulas(row: int, last: int, days: int) -> list[str]:
    """Return the formulas that count the tasks of the unit in a row, 1-indexed."""

    def column(name: str) -> str:
        return f"'{LIST}'!${name}${FIRST}:${name}${last}"

    own = f"{column('A')},$A{row}"
    open_states = "".join(f',{column("G")},"<>{words}"' for words in SETTLED_WORDS)
    roles = [f'=COUNTIFS({own},{column("B")},"*{role}*")' for role in ROLES.values()]
    done = "+".join(f'COUNTIFS({own},{column("G")},"{words}")' for words in SETTLED_WORDS)
    late = f'{column("F")},">0",{column("F")},"<"&TODAY(),{column("I")},"<>{REPEATS}"'
    near = f'{column("F")},">="&TODAY(),{column("F")},"<="&TODAY()+{days}'
    return [
        f"=COUNTIFS({own})",
        *roles,
        f"={done}",
        f"=COUNTIFS({own}{open_states})",
        f"=COUNTIFS({own},{late}{open_states})",
        f"=COUNTIFS({own},{near}{open_states})",
    ]


def _counts(own: Sequence[Share], book: Book) -> list[int]:
    """Return the values of the formulas on the day of writing, for programs that do not compute."""
    open_rows = [share.row for share in own if share.row.get("status") not in SETTLED]
    days = [(row["due"] or row["next_due"], repeats(row)) for row in open_rows]
    today, end = book.today.isoformat(), (book.today + timedelta(days=book.look.days)).isoformat()
    roles = [sum(role in share.roles for share in own) for role in ROLES.values()]
    late = sum(day is not None and day < today and not again for day, again in days)
    near = sum(day is not None and today <= day <= end for day, _ in days)
    return [len(own), *roles, len(own) - len(open_rows), len(open_rows), late, near]
