"""Reads kept bytes again with today's rules and tells what changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Problem
from corpus.records import JsonObject, plain
from corpus.store.rows import Renewed
from corpus.store.store import Store
from service.background.workers import WorkerPool
from service.intake.adding import Progress
from service.intake.stated import with_stated_progress


@dataclass(frozen=True, slots=True)
class RenewSummary:
    """What a new reading did to each document."""

    renewed: tuple[Renewed, ...]
    failed: tuple[Problem, ...]

    def record(self) -> JsonObject:
        """Return what `taizhang reextract --json` prints: only documents that changed are listed."""
        changed = [plain(item) for item in self.renewed if item.changed]
        return {"read": len(self.renewed), "changed": changed, "failed": plain(self.failed)}

    def lines(self) -> Iterator[str]:
        """Yield the same in words: a line per document that changed, then the total."""
        changed = [item for item in self.renewed if item.changed]
        for item in changed:
            yield (
                f"{item.document_id}：新增 {len(item.added)} 项，去掉 {len(item.dropped)} 项，"
                f"改动 {len(item.altered)} 项，原文中已没有但有人工记录而保留 {len(item.orphaned)} 项。"
            )
        yield f"重新读取 {len(self.renewed)} 个文件，{len(changed)} 个有变化，失败 {len(self.failed)} 个。"


def renew(
    store: Store,
    pool: WorkerPool,
    documents: Sequence[tuple[str, str]],
    progress: Progress | None,
    by: str = "",
) -> RenewSummary:
    """Read each of `documents`, given as (id, source), again for `by`; one that fails keeps its reading."""
    waiting: deque[tuple[str, str]] = deque()
    renewed: list[Renewed] = []
    failed: list[Problem] = []

    def originals() -> Iterator[tuple[bytes, str]]:
        for identifier, source in documents:
            waiting.append((identifier, source))
            yield store.original(identifier), source

    for number, outcome in enumerate(pool.map(originals()), start=1):
        identifier, source = waiting.popleft()
        if isinstance(outcome, Problem):
            failed.append(outcome)
        else:
            extraction = with_stated_progress(outcome.document, outcome.extraction)
            renewed.append(store.replace_reading(identifier, outcome.document, extraction, by))
        if progress:
            progress(number, len(documents), source)
    return RenewSummary(tuple(renewed), tuple(failed))
