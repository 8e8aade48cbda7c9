"""The tables. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids come from here and not from the tables, so that none is ever used twice, on any database.
counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Integer, nullable=False),
)

originals = Table(
    "originals",
    metadata,
    Column("hash", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("deflated", Boolean, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", String, nullable=False, unique=True),
    Column("source", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
)

# The large columns stand last: SQLite reads a row's first columns without touching its overflow pages.
versions = Table(
    "versions",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("original", ForeignKey("originals.hash"), nullable=False, index=True),
    Column("added_at", DateTime, nullable=False),
    Column("title", String),
    Column("doc_type", String),
    Column("genre", String),
    Column("issuer", String),
    Column("doc_number", String),
    Column("date", Date),
    Column("region", String),
    Column("level", String),
    Column("secrecy", String),
    Column("urgency", String),
    Column("readings", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("outline", LargeBinary, nullable=False),
)

# The place a document governs and every place above it: a code of the registry, or the name as written.
places = Table(
    "places",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("place", String, primary_key=True),
    Index(None, "place"),
)

# Passages of what can be searched now: current versions of documents that are not removed.
passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", Integer, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("task_id", Integer),
    Column("section", Text, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], [versions.c.document_id, versions.c.version]),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("documents.id")),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("in_text", Boolean, nullable=False),
    Column("status", String, nullable=False),
    Column("due", Date, index=True),
    Column("text", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("origin", String, nullable=False),
    Column("hidden", String),
    Column("merged_into", Integer),
    Column("split_from", Integer),
    Column("confirmed", Text),
    # When the row came into the ledger; what its time limits say; what the office keeps beside (`kept`).
    Column("since", Date),
    Column("first_due", Date),
    Column("repeats", Text),
    Column("percent", Integer),
    Column("done_on", Date),
    Column("marks", Text),
    Column("entry", Text),
    Column("ended", Text),
    Column("closing", Text),
    Column("extensions", Text),
    Column("handovers", Text),
    Column("rechecks", Text),
    Column("own", Text),
    Column("attachments", Text),
    Column("notes", Text),
    Index(None, "document_id", "start"),
)

task_units = Table(
    "task_units",
    metadata,
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("canonical", String),
    Column("role", String, nullable=False),
)

task_deadlines = Table(
    "task_deadlines",
    metadata,
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("start", Date),
    Column("end", Date, index=True),
)

progress = Table(
    "progress",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("task_id", Integer, index=True),
    Column("record", Text, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("task_id", ForeignKey("tasks.id"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

# The bytes that were attached to rows; which row has which stands in the rows themselves.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("original", ForeignKey("originals.hash"), nullable=False, index=True),
)

# What a person looks for again and again, as the page or program that asks writes it.
saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("owner", String, nullable=False),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    UniqueConstraint("owner", "name"),
)

# What somebody did at one go: one row here, and in `history` one per key of a row that it changed.
edits = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("undone_by", Integer),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("task_id", ForeignKey("tasks.id"), nullable=False, index=True),
    Column("at", DateTime, nullable=False),
    Column("key", String, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("edit_id", Integer, index=True),
)

# Append-only: triggers refuse every update and deletion.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False, index=True),
    Column("by", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("note", Text, nullable=False),
)

# One row per step. The passage ids of one reading are a run, so a step needs no list of them; both ends
# belong to the run, and an empty run ends before it begins.
changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("removed_first", Integer, nullable=False),
    Column("removed_last", Integer, nullable=False),
    Column("added_first", Integer, nullable=False),
    Column("added_last", Integer, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("failed_at", DateTime),
    Column("created_at", DateTime, nullable=False),
)

# Of what a browser or a program holds only a hash is kept, so that nobody can use what the library shows.
sessions = Table(
    "sessions",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account", ForeignKey("accounts.name"), nullable=False, index=True),
    Column("seen_at", DateTime, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("hash", String, nullable=False, unique=True),
    Column("account", ForeignKey("accounts.name"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("created_at", DateTime, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("cancelled", Boolean, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("what", Text, nullable=False),
    Column("result", Text),
    Column("created_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
)

# Rounds of 调度: what each unit was asked for stands as JSON, since nobody asks for single rows of it.
dispatches = Table(
    "dispatches",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("word", String, nullable=False),
    Column("period", String, nullable=False),
    Column("due", Date, nullable=False),
    Column("by", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("sheets", Text, nullable=False),
)

# Sheets that came back and were stored. One that made an edit is undone with it, another is forgotten.
dispatch_returns = Table(
    "dispatch_returns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("dispatch_id", ForeignKey("dispatches.id"), nullable=False, index=True),
    Column("sheet", Integer, nullable=False),
    Column("file", String, nullable=False),
    Column("digest", String, nullable=False, index=True),
    Column("content", String, nullable=False, index=True),
    Column("rows", Integer, nullable=False),
    Column("by", String, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("edit_id", Integer),
    Column("forgotten", Boolean, nullable=False),
)

# The working text of a draft, which is saved while somebody types; `revision` counts these savings.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("genre", String, nullable=False),
    Column("title", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("made_by", String, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("changed_by", String, nullable=False),
    Column("record", Text, nullable=False),
)

draft_versions = Table(
    "draft_versions",
    metadata,
    Column("draft_id", ForeignKey("drafts.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False),
    Column("by", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("record", Text, nullable=False),
)

outlines = Table(
    "outlines",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("genre", String, nullable=False),
    Column("parts", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("changed_by", String, nullable=False),
)
