"""What an office keeps beside the text of its rows: progress, steps, marks, attachments; saved filters."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DAYS = ("since", "first_due", "done_on")
TEXTS = (
    "repeats",
    "marks",
    "entry",
    "ended",
    "closing",
    "extensions",
    "handovers",
    "rechecks",
    "own",
    "attachments",
    "notes",
)
OFFICE_CLOCK = timedelta(hours=8)
"""How far the clock of an office is ahead of the moments that are kept."""
ROWS_AT_ONCE = 1000


def upgrade() -> None:
    """Widen the ledger and fill what follows from what it holds."""
    op.add_column("tasks", sa.Column("percent", sa.Integer(), nullable=True))
    for name in DAYS:
        op.add_column("tasks", sa.Column(name, sa.Date(), nullable=True))
    for name in TEXTS:
        op.add_column("tasks", sa.Column(name, sa.Text(), nullable=True))
    _tables()
    _fill_days()
    _fill_repeats()


def _tables() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["original"], ["originals.hash"], name="fk_attachments_original"),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_original", "attachments", ["original"], unique=False)
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_filters_owner_name"),
    )
    counters = sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": name, "value": 0} for name in ("attachment", "saved_filter")])


def _fill_days() -> None:
    """Give rows the day on which their document came in, those by hand that of the edit that made them."""
    op.execute("UPDATE tasks SET first_due = due")
    connection = op.get_bind()
    added = sa.table("versions", sa.column("document_id"), sa.column("added_at", sa.DateTime))
    made = sa.table("history", sa.column("task_id"), sa.column("at", sa.DateTime))
    tasks = sa.table("tasks", sa.column("id"), sa.column("document_id"), sa.column("since", sa.Date))
    for key, which, moment in (
        (tasks.c.document_id, added.c.document_id, added.c.added_at),
        (tasks.c.id, made.c.task_id, made.c.at),
    ):
        first = connection.execute(sa.select(which, sa.func.min(moment)).group_by(which)).all()
        known = [{"which": name, "day": (at + OFFICE_CLOCK).date()} for name, at in first]
        if known:
            unknown = (key == sa.bindparam("which")) & tasks.c.since.is_(None)
            connection.execute(sa.update(tasks).where(unknown).values(since=sa.bindparam("day")), known)


def _fill_repeats() -> None:
    connection = op.get_bind()
    tasks = sa.table("tasks", sa.column("id"), sa.column("repeats", sa.Text))
    found = [{"which": number, "words": words} for number, words in _repeats(connection)]
    if found:
        statement = sa.update(tasks).where(tasks.c.id == sa.bindparam("which"))
        connection.execute(statement.values(repeats=sa.bindparam("words")), found)


def _repeats(connection: sa.Connection) -> Iterator[tuple[int, str]]:
    """Yield the rows that have recurring limits, with their words as a JSON list."""
    corrected = sa.text("SELECT task_id, value FROM corrections WHERE key = 'deadlines'")
    given: dict[int, Any] = {row.task_id: json.loads(row.value) for row in connection.execute(corrected)}
    rows = connection.execute(sa.text("SELECT id, record FROM tasks"))
    for some in rows.partitions(ROWS_AT_ONCE):
        for number, record in some:
            if number not in given and '"recurring"' not in record:
                continue
            limits = given[number] if number in given else json.loads(record)["deadlines"]
            words = [limit["raw"] for limit in limits if limit["kind"] == "recurring"]
            if words:
                yield number, json.dumps(words, ensure_ascii=False, separators=(",", ":"))
