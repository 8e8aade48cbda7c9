"""The tasks and the progress that a document holds."""

from __future__ import annotations

from corpus.document import Document
from corpus.task import Extraction
from ingest.extract.assembly.everywhere import clauses, spread, spread_rows
from ingest.extract.assembly.portions import portions
from ingest.extract.assembly.reading import read_whole
from ingest.extract.assembly.rows import row_tasks
from ingest.extract.assembly.tasks import task_of
from ingest.extract.doubts.confidence import with_confidence
from ingest.extract.doubts.legibility import with_doubts
from ingest.extract.doubts.overlooked import find_overlooked
from ingest.extract.progress.items import find_progress


def extract(document: Document) -> Extraction:
    """Return the tasks of a document in text order, and the progress that it reports; both may be empty."""
    reading = read_whole(document)
    found = list(portions(reading))
    everywhere = clauses(reading, found)
    tasks = [task_of(reading, portion) for portion in spread(found, everywhere)]
    tasks += spread_rows(reading, row_tasks(reading), everywhere)
    rows = map(with_confidence, with_doubts(document, tasks))
    return Extraction(
        tasks=tuple(sorted(rows, key=lambda task: task.span.start)),
        progress=find_progress(document),
        problems=find_overlooked(document, tasks),
    )
