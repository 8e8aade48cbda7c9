"""汇报对方案: the choice of both, and the result side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from nicegui import ui

from corpus.errors import UserError
from corpus.records import JsonObject
from corpus.spans import Span
from service.acting import acting_units
from service.ledger import STATUS_WORDS
from service.pages.documents.choice import document_choice, document_names
from service.pages.frame import empty_state
from service.pages.person import may_write, write
from service.pages.reconcile.accept import Accepting
from service.pages.reconcile.marked import show_marked

if TYPE_CHECKING:
    from corpus.store.rows import DocumentRow
    from service.library import Library
    from service.reconcile.model import Claim, Match, Reconciliation

REPORT = "工作汇报"
"""The kind of documents that are offered first."""
SEARCHED = ""
"""Stands for the plan that is looked for."""
NOTHING = "文库里还没有文件。先存入方案和汇报，再到这里对账。"
VIEWS = {"matches": "有进展", "unmentioned": "未提及", "unassigned": "没有对应任务", "figures": "数字不一致"}


OPEN = ("not_started", "in_progress", "extended")
"""Statuses that a report may move."""


async def report_part(library: Library, report: str, plan: str) -> None:
    """Lay out the choice, and the result where a report is chosen."""
    rows = await asyncio.to_thread(library.documents)
    if not rows:
        with ui.column().classes("panel w-full"):
            empty_state("folder_open", NOTHING, action=("打开文库", "/library"))
        return
    _choice(rows, report, plan)
    if not report:
        with ui.column().classes("panel w-full"):
            empty_state("fact_check", "选一份汇报，再选它对应的方案；方案不选也行，系统到文库里找。")
        return
    try:
        found = await asyncio.to_thread(_reconcile, library, report, plan)
    except UserError as error:
        with ui.column().classes("panel w-full"):
            empty_state("help_outline", str(error), action=("打开文库", "/library"))
        return
    Result(library, found).build()


def _reconcile(library: Library, report: str, plan: str) -> Reconciliation:
    from service.reconcile.reconciling import reconcile_kept  # brings numpy and the encoder

    return reconcile_kept(library, report, plan or None)


def _choice(rows: Sequence[DocumentRow], report: str, plan: str) -> None:
    names = document_names(rows)
    reports = {row.id: names[row.id] for row in sorted(rows, key=lambda row: row.doc_type != REPORT)}
    plans = {SEARCHED: "自动查找对应的方案", **{row.id: names[row.id] for row in rows if row.tasks}}
    with ui.row().classes("w-full items-center gap-2 no-wrap no-print"):
        left = document_choice(reports, report, "汇报").classes("choice")
        right = document_choice(plans, plan if plan in plans else SEARCHED, "方案").classes("choice")

        def show() -> None:
            if not left.value:
                ui.notify("请先选一份汇报。", type="warning")
                return
            ui.navigate.to(f"/reconcile?{urlencode({'report': left.value, 'plan': right.value or ''})}")

        ui.button("对账", icon="fact_check", on_click=show)


class Result:
    """The result of one report, and what is done with it."""

    def __init__(self, library: Library, found: Reconciliation) -> None:
        self.library = library
        self.found = found
        self.view = "matches"
        self.edit: str | None = None
        """The edit that stored accepted matches last, until it is undone."""

    def build(self) -> None:
        """Lay out the head and the list."""
        self._head()
        self._views()
        self._list()

    @ui.refreshable_method
    def _head(self) -> None:
        from service.reconcile.sheets import headline

        with ui.column().classes("panel w-full gap-1 result-head"):
            with ui.row().classes("w-full items-baseline gap-2"):
                ui.link(self.found.report.title, f"/documents/{self.found.report.id}")
                ui.label("对照").classes("faint")
                ui.link(self.found.plan.title, f"/documents/{self.found.plan.id}")
            ui.label(headline(self.found))
            self._others()
            with ui.row().classes("gap-2 items-center no-print"):
                self._actions()

    def _others(self) -> None:
        """Name the other plans that were considered."""
        if len(self.found.candidates) < 2:
            return
        with ui.row().classes("gap-2 items-baseline"):
            ui.label("不是这份方案？也可能是：").classes("faint")
            for candidate in self.found.candidates[1:4]:
                query = urlencode({"report": self.found.report.id, "plan": candidate.document.id})
                ui.link(candidate.document.title, f"/reconcile?{query}").tooltip("；".join(candidate.reasons))

    def _actions(self) -> None:
        if may_write():
            ui.button("采纳匹配", icon="done_all", on_click=lambda: self.accept(None))
        if self.edit is not None:
            ui.button("撤销刚才的采纳", icon="undo", on_click=self.undo).props("outline")
        query = {"report": self.found.report.id, "plan": self.found.plan.id}
        for form, words in (("xlsx", "导出 Excel"), ("docx", "导出 Word")):
            address = f"/api/reconcile/file?{urlencode({**query, 'format': form})}"
            ui.button(words, on_click=lambda address=address: ui.download(address)).props("outline")

    async def accept(self, tasks: set[str] | None) -> None:
        """Show what accepting would change, of all tasks or of some, and store what is confirmed."""
        edit = await Accepting(self.library, self.found, tasks).ask()
        if edit is not None:
            self.edit = edit
            await self._renew()

    async def undo(self) -> None:
        """Take the last acceptance back."""
        edit = self.edit
        if edit is not None:
            undone = await write(self.library, lambda by: self.library.rows.undo(edit, by), done="已撤销")
            if undone is not None:
                self.edit = None
                await self._renew()

    async def _renew(self) -> None:
        self.found = await asyncio.to_thread(
            _reconcile, self.library, self.found.report.id, self.found.plan.id
        )
        for part in (self._head, self._views, self._list):
            part.refresh()

    @ui.refreshable_method
    def _views(self) -> None:
        counts = {
            "matches": len({match.task for match in self.found.matches}),
            "unmentioned": len(self.found.unmentioned),
            "unassigned": len(self.found.unassigned),
            "figures": len(self._disagreeing()),
        }
        with ui.row().classes("gap-1 views").props('role=tablist aria-label="结果"'):
            for view, words in VIEWS.items():
                button = ui.button(
                    f"{words} {counts[view]}", on_click=lambda _, view=view: self._choose(view)
                )
                shown = view == self.view
                button.props(f"dense no-caps role=tab aria-selected={str(shown).lower()}")
                button.props("unelevated" if shown else "outline")

    def _choose(self, view: str) -> None:
        self.view = view
        self._views.refresh()
        self._list.refresh()

    def _disagreeing(self) -> list[Match]:
        from service.reconcile.model import Verdict

        return [
            match
            for match in self.found.matches
            if any(check.verdict is not Verdict.MET for check in match.figures)
        ]

    @ui.refreshable_method
    def _list(self) -> None:
        with ui.column().classes("panel w-full gap-0 sides"):
            if not self._fill():
                empty_state("done_all", "没有这样的内容。")

    def _fill(self) -> int:
        """Show what the view is of; return how many there are."""
        if self.view == "unmentioned":
            for index in self.found.unmentioned:
                self._task(self.found.tasks[index], ())
            return len(self.found.unmentioned)
        if self.view == "unassigned":
            for index in self.found.unassigned:
                self._claim(self.found.claims[index], None)
            return len(self.found.unassigned)
        by_task: dict[int, list[Match]] = {}
        for match in self.found.matches if self.view == "matches" else self._disagreeing():
            by_task.setdefault(match.task, []).append(match)
        for task, matches in by_task.items():
            self._pair(self.found.tasks[task], matches)
        return len(by_task)

    def _pair(self, record: JsonObject, matches: Sequence[Match]) -> None:
        """Show a task on the left, what the report says of it on the right."""
        with ui.element("div").classes("pair"):
            with ui.column().classes("side gap-1"):
                self._task(record, [span for match in matches for span in match.shared.task])
            with ui.column().classes("side gap-2"):
                for match in matches:
                    self._claim(self.found.claims[match.claim], match)
            with ui.column().classes("side-act"):
                if may_write() and record["status"] in OPEN:
                    button = ui.button("采纳", on_click=lambda: self.accept({record["id"]}))
                    button.props(f'outline dense aria-label="采纳：{record["text"][:20]}"')

    def _task(self, record: JsonObject, shared: Iterable[Span]) -> None:

        with ui.column().classes("side-task gap-0"):
            text = record["text"]
            show_marked(text, shared)
            facts = [acting_units(record), f"{record['due']} 前" if record.get("due") else ""]
            with ui.row().classes("gap-3 items-baseline"):
                ui.label("　".join(filter(None, facts))).classes("faint")
                ui.label(STATUS_WORDS[record["status"]]).classes("state")
                ui.link("原文", f"/documents/{self.found.plan.id}?task={record['id']}").classes("faint")

    def _claim(self, claim: Claim, match: Match | None) -> None:
        from service.reconcile.sheets import PROGRESS_WORDS, sureness

        quote = None
        if match is not None:
            start = match.quote.start - claim.span.start
            quote = Span(start, start + len(match.quote))
        with ui.column().classes("side-claim gap-0"):
            show_marked(claim.text, match.shared.claim if match else (), quote)
            with ui.row().classes("gap-3 items-baseline"):
                ui.label(PROGRESS_WORDS[claim.status]).classes(f"state state-{claim.status.value}")
                if match is not None:
                    ui.label(f"把握 {sureness(match.confidence)}").classes("faint")
                address = f"/documents/{self.found.report.id}?start={claim.span.start}&end={claim.span.end}"
                ui.link("原文", address).classes("faint")
            if match is not None:
                _findings(match)


def _findings(match: Match) -> None:
    """Show what was found of the figures and the units of a match."""
    for check in match.figures:
        ui.label(check.words).classes(f"figure figure-{check.verdict.value}")
    if match.other_units:
        ui.label(f"汇报写的是{'、'.join(match.other_units)}，方案中是别的单位").classes("figure figure-short")
