"""说法: the everyday words of the office, beside those that the library's own texts explain."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nicegui import events, ui

from corpus.records import JsonObject
from index.own_words import HEADS, REJECTED, OwnWord, text_of
from service.pages.frame import framed
from service.pages.grid import WORDS, column, grid, wrapped
from service.pages.person import may_write, write
from service.words import Mined, Use

if TYPE_CHECKING:
    from service.library import Library

BETWEEN = re.compile(r"[、，,；;\s]+")
USES = {Use.USED: "在用", Use.REJECTED: "停用", Use.KEPT: "采用"}
MOST_UNDONE = 50
"""Changes that can be undone one after the other."""
SELECT = {"singleClickEdit": True, "cellEditor": "agSelectCellEditor"}
OWN: list[JsonObject] = [
    column("everyday", HEADS[0], 150, editable=True),
    {**wrapped("official", "文件用词（用顿号隔开）", 260), "flex": 1, "editable": True},
    column("state", HEADS[2], 84, editable=True, cellEditorParams={"values": ["", REJECTED]}, **SELECT),
]
MINED: list[JsonObject] = [
    wrapped("short", "简称、俗称", 130),
    {**wrapped("full", "全称", 230), "flex": 1},
    column("documents", "文件数", 84),
    column("example", "出处", 84, **{":cellRenderer": "taizhang.documentCell"}),
    column("use", "状态", 84, editable=True, cellEditorParams={"values": list(USES.values())}, **SELECT),
]
Lines = tuple[OwnWord, ...]


class WordsPage:
    """Both tables; what is typed is stored at once, and can be undone while the page is open."""

    def __init__(self, library: Library, words: Lines, mined: tuple[Mined, ...]) -> None:
        self.library = library
        self.words = words
        self.mined = mined
        self.rows = [_row(str(number), word) for number, word in enumerate(words)]
        self._next = len(words)
        self._undoable: list[tuple[Lines, Lines]] = []

    def build(self) -> None:
        """Lay out the tables beside each other."""
        with ui.row().classes("w-full no-wrap items-start gap-3 words-page"):
            with ui.column().classes("gap-2 words-side"):
                self._own()
            with ui.column().classes("gap-2 words-side"):
                self._of_library()

    def _own(self) -> None:
        with ui.row().classes("w-full items-center gap-2"):
            ui.label("本单位的说法").classes("facet-name")
            ui.label("检索时优先于系统自带的。").classes("faint")
        self.table = grid(_columns(OWN), self._shown()).classes("w-full words own-words")
        self.table.options["localeText"] = {
            **WORDS,
            "noRowsToShow": "还没有。点“新增一行”，写上日常说法和文件里的用词。",
        }
        self.table.options["stopEditingWhenCellsLoseFocus"] = True
        self.table.on("cellValueChanged", self._typed, args=["rowId", "colId", "newValue"])
        with ui.row().classes("w-full items-center gap-2"):
            if may_write():
                ui.button("新增一行", icon="add", on_click=self._add).props("outline dense")
                ui.button("删除选中行", icon="delete_outline", on_click=self._delete).props("outline dense")
                ui.button("粘贴", icon="content_paste", on_click=self._paste).props("outline dense")
                ui.button("撤销", icon="undo", on_click=self._undo).props("outline dense")
            ui.space()
            if may_write():
                self._import()
            ui.button("导出", icon="download", on_click=self._export).props("outline dense")

    def _of_library(self) -> None:
        with ui.row().classes("w-full items-center gap-2"):
            ui.label("文库里的文件写明的").classes("facet-name")
            ui.label("随文件增减；不合适的选“停用”。").classes("faint")
        self.mined_table = grid(_columns(MINED), _mined_rows(self.mined)).classes("w-full words mined-words")
        self.mined_table.options["localeText"] = {
            **WORDS,
            "noRowsToShow": "还没有文件写明简称或俗称，如“（以下简称……）”。",
        }
        self.mined_table.on("cellValueChanged", self._decided, args=["rowId", "newValue"])

    def _add(self) -> None:
        key = f"n{self._next}"
        self._next += 1
        self.rows.append({"key": key, "everyday": "", "official": "", "state": "", "stored": None})
        self._show()
        ui.run_javascript(f"taizhang.typeInto({self.table.id}, '{key}', 'everyday')")

    async def _typed(self, event: events.GenericEventArguments) -> None:
        """Store the row that was typed into, once it has both its parts."""
        row = next(row for row in self.rows if row["key"] == event.args["rowId"])
        row[event.args["colId"]] = (event.args["newValue"] or "").strip()
        word = _word(row)
        if not word.everyday or not word.official:
            return
        stored = row["stored"]
        if stored is not None and stored.rejected != word.rejected:
            change = partial(self._moved, stored, word)
        else:
            old = stored.everyday if stored is not None else None
            change = partial(self.library.words.put, word, instead_of=old)
        await self._store(change)

    def _moved(self, stored: OwnWord, word: OwnWord, by: str) -> None:
        """Reject what was kept, or the other way round."""
        kept = [word if known == stored else known for known in self.library.words.all()]
        self.library.words.replace(kept, by)

    async def _delete(self) -> None:
        chosen = {row["key"] for row in await self.table.get_selected_rows()}
        if not chosen:
            ui.notify("请先点选一行。", type="warning")
            return
        for row in [row for row in self.rows if row["key"] in chosen]:
            if row["stored"] is None:
                self.rows.remove(row)
                self._show()
                continue
            word = row["stored"]
            await self._store(partial(self._removed, word))

    def _removed(self, word: OwnWord, by: str) -> None:
        self.library.words.remove(word.everyday, by, word.rejected)

    def _paste(self) -> None:
        with ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label("从 Excel 复制两列（说法、文件用词），粘贴在下面。同名的改为新的。")
            box = ui.textarea().props('outlined rows=8 autofocus aria-label="要粘贴的说法"').classes("w-full")

            async def take_in() -> None:
                if await self._store(partial(self.library.words.take_in, box.value or "")):
                    dialog.close()

            with ui.row().classes("self-end gap-2"):
                ui.button("取消", on_click=dialog.close).props("flat dense")
                ui.button("放进来", on_click=take_in).props("dense")
        dialog.open()

    def _import(self) -> None:
        picker = ui.upload(on_upload=self._take_in_file, auto_upload=True).props('accept=".tsv,.txt"')
        picker.classes("hidden")
        ui.button("导入", icon="upload", on_click=lambda: picker.run_method("pickFiles")).props(
            "outline dense"
        )

    async def _take_in_file(self, event: events.UploadEventArguments) -> None:
        text = text_of(await event.file.read())
        await self._store(partial(self.library.words.take_in, text))

    async def _export(self) -> None:
        text = await asyncio.to_thread(self.library.words.text)
        ui.download.content(text.encode("utf-8-sig"), "words.tsv")

    async def _decided(self, event: events.GenericEventArguments) -> None:
        item = self.mined[int(event.args["rowId"])]
        use = next(use for use, words in USES.items() if words == event.args["newValue"])
        await self._store(partial(self.library.words.decide, item.pair.short, item.pair.full, use))

    async def _undo(self) -> None:
        if not self._undoable:
            ui.notify("没有可以撤销的改动。", type="warning")
            return
        before, after = self._undoable.pop()
        if await asyncio.to_thread(self.library.words.all) != after:
            self._undoable.clear()
            ui.notify("别人也改过，不能撤销；已显示最新的内容。", type="warning")
            await self._reload()
            return
        await self._store(partial(self.library.words.replace, before), remembered=False)

    async def _store(self, change: Callable[[str], object], remembered: bool = True) -> bool:
        """Make a change under the person's name; tells whether it could be made."""

        def act(by: str) -> Lines:
            before = self.library.words.all()
            change(by)
            return before

        before = await write(self.library, act, done="已保存。")
        await self._reload()
        if before is not None and remembered and before != self.words:
            self._undoable = [*self._undoable, (before, self.words)][-MOST_UNDONE:]
        return before is not None

    async def _reload(self) -> None:
        self.words = await asyncio.to_thread(self.library.words.all)
        self.mined = await asyncio.to_thread(self.library.words.mined)
        unfinished = [row for row in self.rows if row["stored"] is None and _is_unfinished(row)]
        self.rows = [*(_row(str(number), word) for number, word in enumerate(self.words)), *unfinished]
        self._show()
        self.mined_table.run_grid_method("setGridOption", "rowData", _mined_rows(self.mined))

    def _show(self) -> None:
        self.table.run_grid_method("setGridOption", "rowData", self._shown())

    def _shown(self) -> list[JsonObject]:
        return [{key: value for key, value in row.items() if key != "stored"} for row in self.rows]


def _columns(columns: list[JsonObject]) -> list[JsonObject]:
    return columns if may_write() else [{**item, "editable": False} for item in columns]


def _row(key: str, word: OwnWord) -> JsonObject:
    return {
        "key": key,
        "everyday": word.everyday,
        "official": "、".join(word.official),
        "state": REJECTED if word.rejected else "",
        "stored": word,
    }


def _word(row: JsonObject) -> OwnWord:
    official = tuple(dict.fromkeys(filter(None, BETWEEN.split(row["official"]))))
    return OwnWord(row["everyday"], official, row["state"] == REJECTED)


def _is_unfinished(row: JsonObject) -> bool:
    return not row["everyday"] or not row["official"]


def _mined_rows(mined: tuple[Mined, ...]) -> list[JsonObject]:
    return [{**item.record(), "key": str(number), "use": USES[item.use]} for number, item in enumerate(mined)]


async def words_page(library: Library) -> None:
    """Lay out the page at /words."""
    with framed("/words"):
        words = await asyncio.to_thread(library.words.all)
        mined = await asyncio.to_thread(library.words.mined)
        WordsPage(library, words, mined).build()
