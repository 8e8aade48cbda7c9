"""Twelve drafts of different genres over plans of a library with a filled ledger: sound, supported, quick."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from corpus import samples
from corpus.records import JsonObject
from corpus.store.filters import TaskQuery
from corpus.store.rows import DocumentRow
from evaluation.drafting.filled import keep_ledger
from evaluation.gold import data_hash
from service.drafting.draft import Draft, Origin
from service.drafting.export import headed, official_document
from service.drafting.making import DraftRequest, make_draft
from service.drafting.review import Concern, review
from service.library import Library
from service.official.writer import document_bytes

GENRES = (
    "工作汇报", "督查通报", "督查专报", "整改报告", "实施方案", "工作要点",
    "任务分工表", "简报", "讲话提纲", "催办函", "督办单", "会议纪要",
)  # fmt: skip
PLACE = "云岭市"
"""Whose plan is drawn up from another place's: invented, so that no unit of the plan is its own."""
OF_ANOTHER_PLACE = frozenset({"实施方案"})
FROM_EXAMPLES = {"工作要点": "提振消费扩大内需"}
"""Drafted from a topic alone: the office has no plan of its own on it."""
ON_A_PAGE = 22 * 28
LEAST_TASKS = 5
SEED = 8
EVERYTHING = TaskQuery(limit=1_000_000)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One draft and what was found in it."""

    genre: str
    title: str
    tasks: int
    sentences: int
    pages: float
    """Of running text, at 22 lines of 28 characters; annexes apart."""
    seconds: float
    untraced: int
    """Sentences without any source."""
    unsupported: int
    """Figures, days, units and quotations that no source states."""
    faults: int
    """Of form."""
    gaps: int


@dataclass(frozen=True, slots=True)
class DraftsReport:
    """All drafts."""

    outcomes: tuple[Outcome, ...]
    documents: int
    data: str

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values."""
        return {"documents": self.documents, "drafts": [asdict(outcome) for outcome in self.outcomes]}

    def show(self, console: Console) -> None:
        """Print one line for each draft."""
        table = Table(title=f"{len(self.outcomes)} drafts over {self.documents} documents")
        for head in (
            "genre",
            "tasks",
            "sentences",
            "pages",
            "s",
            "untraced",
            "unsupported",
            "faults",
            "gaps",
        ):
            table.add_column(head)
        for item in self.outcomes:
            values = (item.tasks, item.sentences, f"{item.pages:.1f}", f"{item.seconds:.2f}")
            found = (item.untraced, item.unsupported, item.faults, item.gaps)
            table.add_row(item.genre, *map(str, (*values, *found)))
        console.print(table)


def evaluate(corpus: Path | None, data: Path | None, out: Path | None = None) -> DraftsReport:
    """Make the twelve drafts over a corpus, the bundled samples when None, and look through them.

    Args:
        corpus: folder of documents.
        data: library to build, or to use again; a temporary one when None.
        out: folder for the drafts as docx and as text; None writes none.
    """
    folder = corpus or Path(str(samples.__path__[0])) / "files"
    with tempfile.TemporaryDirectory() as temporary, Library.open(data or temporary) as library:
        if not library.count_documents():
            library.add([folder])
        outcomes = [_outcome(library, request, out) for request in requests(library, plans_of(library))]
        return DraftsReport(tuple(outcomes), library.count_documents(), data_hash(sorted(folder.iterdir())))


def requests(library: Library, plans: Sequence[DocumentRow]) -> list[DraftRequest]:
    """Return what is to be drafted: each genre from another plan, whose ledger is filled for it."""
    made = []
    for number, genre in enumerate(GENRES):
        if genre in FROM_EXAMPLES:
            made.append(DraftRequest(genre, FROM_EXAMPLES[genre], today=date(2025, 12, 1), place=PLACE))
            continue
        plan = plans[number % len(plans)]
        request = DraftRequest(genre, plans=(plan.id,), issuer=plan.issuer or "")
        if genre in OF_ANOTHER_PLACE:
            made.append(replace(request, place=PLACE, issuer="", today=date(2025, 12, 1)))
        else:
            made.append(replace(request, today=keep_ledger(library, plan.id, SEED + number)))
    return made


def text_of(draft: Draft) -> str:
    """Return a draft as plain text, with its headings."""
    lines = [draft.title, *([f"{draft.recipients}："] if draft.recipients else [])]
    for heading, section in headed(draft):
        lines += [heading] if heading else []
        lines += [paragraph.text for paragraph in section.paragraphs]
    return "\n".join(lines)


def plans_of(library: Library) -> list[DocumentRow]:
    """Return the plans from which drafts are made: titled ones with most tasks that have a date."""
    dated: dict[str, int] = {}
    for row in library.store.tasks(EVERYTHING).items:
        dated[row.document_id] = dated.get(row.document_id, 0) + (row.due is not None)
    rows = [row for row in library.documents() if row.title and row.tasks >= LEAST_TASKS]
    return sorted(rows, key=lambda row: (-dated.get(row.id, 0), -row.tasks, row.id))


def _outcome(library: Library, request: DraftRequest, out: Path | None) -> Outcome:
    start = perf_counter()
    draft = make_draft(library, request)
    data = document_bytes(official_document(draft))
    seconds = perf_counter() - start
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{request.genre}.docx").write_bytes(data)
        (out / f"{request.genre}.txt").write_text(text_of(draft), "utf-8")
    found = review(library, draft)
    counts = {concern: sum(item.concern is concern for item in found) for concern in Concern}
    return Outcome(
        request.genre,
        draft.title,
        len(draft.rows),
        len(draft.statements),
        len(text_of(draft)) / ON_A_PAGE,
        seconds,
        sum(not item.sources or item.sources[0].origin is Origin.AUTHOR for item in draft.statements),
        counts[Concern.FACT],
        counts[Concern.FORMAT],
        counts[Concern.GAP],
    )
