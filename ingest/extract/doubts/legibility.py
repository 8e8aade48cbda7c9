"""Doubts about tasks whose words were hardly legible in a scan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.document import Document
from corpus.task import Task

LEGIBLE = 0.85
"""Confidence of the recognition, 0 to 1, from which words are taken as read."""
DOUBT = "扫描件此处字迹识别把握不大，请对照原件核对"


def with_doubts(document: Document, tasks: Iterable[Task]) -> list[Task]:
    """Return the tasks; those whose words were recognised with little confidence carry a doubt."""
    return [
        replace(task, doubts=(*task.doubts, DOUBT)) if _is_hardly_legible(document, task) else task
        for task in tasks
    ]


def _is_hardly_legible(document: Document, task: Task) -> bool:
    known = [origin.confidence for origin in document.origins_of(task.span)]
    return any(confidence is not None and confidence < LEGIBLE for confidence in known)
