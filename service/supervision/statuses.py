"""Which statuses a person may set without more, and which take a step of their own."""

from __future__ import annotations

from corpus.errors import UserError
from corpus.store.rows import TaskStatus

SETTABLE = (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.DONE)
"""What may be set, and what a report may say of a row."""
OTHER_STEPS = {
    TaskStatus.CLOSED: "销号要有申请人、依据和审核人，请先申请销号，再由另一人审核。",
    TaskStatus.RECHECKED: "请用“回头看”登记复查结果。",
    TaskStatus.EXTENDED: "延期要有新的时限、理由和批准人，请用“延期”办理。",
    TaskStatus.CANCELLED: "终止要有理由，请用“终止”办理。",
}
"""What to do instead of setting a status that takes more than a word."""


def settable(status: TaskStatus | str) -> TaskStatus:
    """Return a status that may be set without more.

    Raises:
        UserError: when there is no such status, or it is a step of its own.
    """
    known = [item.value for item in TaskStatus]
    if status not in known:
        raise UserError(f"没有状态 {status}，可用的有 {'、'.join(item.value for item in SETTABLE)}。")
    found = TaskStatus(status)
    if found in OTHER_STEPS:
        raise UserError(OTHER_STEPS[found])
    return found
