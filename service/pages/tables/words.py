"""说法: the everyday words of the office, beside those that the library's own texts explain."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.records import JsonObject
from index.wording.own_words import HEADS, REJECTED, OwnWord
from service.pages.frame import framed, shelf_links
from service.pages.grid import WORDS, column, grid, wrapped
from service.pages.person import may_write
from service.pages.tables.kept_table import KeptTable
from service.user_tables.words import Mined, Use

if TYPE_CHECKING:
    from service.library import Library

BETWEEN = re.compile(r"[、，,；;\s]+")
USES = {Use.USED: "在用", Use.REJECTED: "停用", Use.KEPT: "采用"}
SELECT = {"singleClickEdit": True, "cellEditor": "agSelectCellEditor"}
OWN: list[JsonObject] = [
    column("everyday", HEADS[0], 150, editable=True),
    {**wrapped("official", "文件用词（用顿号隔开）", 260), "flex": 1, "editable": True},
    column("state", HEADS[2], 84, editable=True, cellEditorParams={"values": ["", REJECTED]}, **SELECT),
]
MINED: list[JsonObject] = [
    wrapped("short", "简称、俗称", 130),
    {**wrapped("full", "全称", 230), "flex": 1, "minWidth": 120},
    column("documents", "文件数", 84),
    column("example", "出处", 84, **{":cellRenderer": "taizhang.documentCell"}),
    column("use", "状态", 84, editable=True, cellEditorParams={"values": list(USES.values())}, **SELECT),
]


class WordsPage(KeptTable[OwnWord]):
    """Both tables."""

    columns = OWN
    first = "everyday"
    empty = "还没有。点“新增一行”，写上日常说法和文件里的用词。"
    look = "words own-words"
    paste_words = "从 Excel 复制两列（说法、文件用词），粘贴在下面。同名的改为新的。"
    paste_label = "要粘贴的说法"
    file = "words.tsv"

    def __init__(self, library: Library, words: tuple[OwnWord, ...], mined: tuple[Mined, ...]) -> None:
        super().__init__(library, library.words, words)
        self.mined = mined

    def build(self) -> None:
        """Lay out the tables beside each other."""
        with ui.row().classes("w-full justify-end"):
            shelf_links("/words")
        with ui.row().classes("w-full items-start gap-3 words-page"):
            with ui.column().classes("gap-2 words-side"):
                with ui.row().classes("w-full items-center gap-2"):
                    ui.label("本单位的说法").classes("facet-name")
                    ui.label("检索时优先于系统自带的。").classes("faint")
                self.table_part()
            with ui.column().classes("gap-2 words-side"):
                self._of_library()

    def cells(self, line: OwnWord) -> JsonObject:
        """Return what the cells of a word show."""
        return {
            "everyday": line.everyday,
            "official": "、".join(line.official),
            "state": REJECTED if line.rejected else "",
        }

    def line(self, row: JsonObject) -> OwnWord | None:
        """Return the word of a row, None while it lacks one of its parts."""
        official = tuple(dict.fromkeys(filter(None, BETWEEN.split(row["official"]))))
        if not row["everyday"] or not official:
            return None
        return OwnWord(row["everyday"], official, row["state"] == REJECTED)

    async def reloaded(self) -> None:
        """Show what was decided on the names that texts explain."""
        self.mined = await asyncio.to_thread(self.library.words.mined)
        self.mined_table.run_grid_method("setGridOption", "rowData", _mined_rows(self.mined))

    def _of_library(self) -> None:
        with ui.row().classes("w-full items-center gap-2"):
            ui.label("文库里的文件写明的").classes("facet-name")
            ui.label("随文件增减；不合适的选“停用”。").classes("faint")
        columns = MINED if may_write() else [{**item, "editable": False} for item in MINED]
        self.mined_table = grid(columns, _mined_rows(self.mined)).classes("w-full words mined-words")
        self.mined_table.options["localeText"] = {
            **WORDS,
            "noRowsToShow": "还没有文件写明简称或俗称，如“（以下简称……）”。",
        }
        self.mined_table.on("cellValueChanged", self._decided, args=["rowId", "newValue"])

    async def _decided(self, event: events.GenericEventArguments) -> None:
        item = self.mined[int(event.args["rowId"])]
        use = next(use for use, words in USES.items() if words == event.args["newValue"])
        await self.store(partial(self.library.words.decide, item.pair.short, item.pair.full, use))


def _mined_rows(mined: tuple[Mined, ...]) -> list[JsonObject]:
    return [{**item.record(), "key": str(number), "use": USES[item.use]} for number, item in enumerate(mined)]


async def words_page(library: Library) -> None:
    """Lay out the page at /words."""
    with framed("/words"):
        words = await asyncio.to_thread(library.words.all)
        mined = await asyncio.to_thread(library.words.mined)
        WordsPage(library, words, mined).build()
