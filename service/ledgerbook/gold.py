"""Writes the corrected ledger of a document as gold for `python -m evaluation extraction --gold DIR`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from corpus.document import Document, Header
from corpus.errors import UserError
from corpus.records import JsonObject, plain
from corpus.store.store import Store
from service.shown import Shown, shown

FIRST, LAST = 25, 20
"""Characters of a task's text by which gold says where it begins and ends."""
TYPES = frozenset(
    {
        "整改方案",
        "实施方案",
        "行动计划",
        "工作要点",
        "任务分工",
        "工作汇报",
        "工作总结",
        "政府工作报告",
        "讲话",
        "通知",
        "意见",
        "办法",
        "规划",
        "调研文章",
    }
)
"""What gold knows as doc_type; the check of gold refuses others."""
OTHER_TYPE = "其他"
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document."""

    name: str
    """The name of its text, without a suffix."""
    text: str
    record: JsonObject
    left_out: tuple[str, ...]
    """What is not in the text and therefore not in the gold, in words for the user."""
    file: str = ""
    """The name of the original file; "" where there is none."""
    original: bytes = b""


def golds_of(store: Store, documents: Sequence[str]) -> list[Gold]:
    """Return the gold of documents of a library, with their original files.

    Raises:
        NotFoundError: when one of them is not there.
    """
    found = []
    for document in documents:
        kept = shown(store, document)
        gold = gold_of(kept, gold_name(kept.document))
        file = f"{gold.name}{PurePath(kept.document.source).suffix.lower()}"
        found.append(replace(gold, file=file, original=store.original(document)))
    return found


def gold_of(ledger: Shown, name: str) -> Gold:
    """Return the gold that the ledger of a document makes: what the text says, as people have corrected it.

    Rows, units and limits whose words do not stand in the text are left out and told.
    """
    text = ledger.document.text
    squashed = _squash(text)
    left_out: list[str] = []
    tasks = []
    for row in ledger.rows:
        found = _task(row.record, squashed, left_out)
        tasks += [found] if found else []
    tasks.sort(key=lambda task: squashed.find(_squash(task["start"])))
    record = {
        "doc": f"{name}.txt",
        "meta": _meta(ledger.document.header),
        "tasks": tasks,
        "progress": [item for item in (_progress(item, squashed) for item in ledger.progress) if item],
        "notes": "由台账导出。" + ("未收入：" + "；".join(left_out) if left_out else ""),
    }
    return Gold(name, text, record, tuple(left_out))


def write_gold(golds: Sequence[Gold], folder: Path) -> None:
    """Write `docs/NAME.txt` and `gold/NAME.json` for each document, and its original with a list of them.

    Raises:
        UserError: when a file cannot be written.
    """
    try:
        for part in ("docs", "gold", "files"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        for gold in golds:
            (folder / "docs" / f"{gold.name}.txt").write_text(gold.text, "utf-8")
            record = json.dumps(gold.record, ensure_ascii=False, indent=1)
            (folder / "gold" / f"{gold.name}.json").write_text(record, "utf-8")
            (folder / "files" / (gold.file or f"{gold.name}.txt")).write_bytes(
                gold.original or gold.text.encode()
            )
        lines = [f"{gold.file or f'{gold.name}.txt'}\t{gold.name}" for gold in golds]
        (folder / "files.tsv").write_text("\n".join(["file\tdoc", *lines, ""]), "utf-8")
    except OSError as error:
        raise UserError(f"写不了 {folder}，请检查文件夹是否可写、磁盘是否已满。") from error


def gold_name(document: Document) -> str:
    """Return the name of a document's gold: its id and the name of its file, as any system takes it."""
    stem = re.sub(r"[^\w\u4e00-\u9fff-]+", "-", PurePath(document.source.replace("\\", "/")).stem).strip("-")
    return f"{document.id}-{stem[:60]}"


def _meta(header: Header) -> JsonObject:
    doc_type = header.doc_type if header.doc_type in TYPES else OTHER_TYPE
    facts = {key: getattr(header, key) for key in ("title", "issuer", "doc_number", "region", "level")}
    return {**facts, "doc_type": doc_type, "date": plain(header.date)}


def _task(record: JsonObject, squashed: str, left_out: list[str]) -> JsonObject | None:
    ends = _ends(record, squashed)
    if ends is None:
        left_out.append(f"“{record['text'][:20]}”不在原文中")
        return None
    own = {
        "units": [_unit(unit) for unit in _stated(record["units"], "name", squashed, left_out)],
        "refs": [{"raw": item["raw"], "document": item["document"]} for item in record["refs"]],
        "persons": [{"name": item["name"], "post": item["post"]} for item in record["persons"]],
        "deadlines": [_limit(item) for item in _stated(record["deadlines"], "raw", squashed, left_out)],
    }
    task: JsonObject = {
        "start": ends[0],
        "end": ends[1],
        "section": record["section"],
        "label": record["label"],
        "assigned": any(own.values()),
        **own,
        "indicators": [_indicator(item) for item in record["indicators"] if item["value"] is not None],
    }
    for key in ("problem", "goal"):
        if record[key] and _squash(record[key]) in squashed:
            task[key] = record[key][:FIRST]
    return task


def _ends(record: JsonObject, squashed: str) -> tuple[str, str] | None:
    """Return the first and last words of a row as its text has them; None where they do not stand there."""
    words = str(record["text"])
    start, end = _first(words), _last(words)
    at = squashed.find(_squash(words[:200]))
    if at < 0:
        at = squashed.find(_squash(start))
    if at < 0 or squashed.find(_squash(end), at) < 0:
        return None
    return start, end


def _first(words: str) -> str:
    """Return the first words, all within one cell or line."""
    return re.split(r"[\t\n]", words.strip())[0][:FIRST] or words[:FIRST]


def _last(words: str) -> str:
    return re.split(r"[\t\n]", words.strip())[-1][-LAST:]


def _stated(
    items: Sequence[JsonObject], key: str, squashed: str, left_out: list[str]
) -> Iterator[JsonObject]:
    """Yield the findings that the row states itself, in words that stand in the text."""
    for item in items:
        if item["inherited"]:
            continue
        if _squash(item[key]) in squashed:
            yield item
        else:
            left_out.append(f"“{item[key]}”不在原文中")


def _unit(unit: JsonObject) -> JsonObject:
    found = {"name": unit["name"], "role": unit["role"]}
    return {**found, "members": unit["members"]} if unit["members"] else found


def _limit(limit: JsonObject) -> JsonObject:
    found = {key: limit[key] for key in ("raw", "kind", "start", "end")}
    return {**found, "loose": True} if limit["loose"] else found


def _indicator(item: JsonObject) -> JsonObject:
    return {key: item[key] for key in ("raw", "value", "unit")}


def _progress(item: JsonObject, squashed: str) -> JsonObject | None:
    ends = _ends(item, squashed)
    if ends is None:
        return None
    found: JsonObject = {"start": ends[0], "end": ends[1], "status": item["status"]}
    found["indicators"] = [_indicator(each) for each in item["indicators"] if each["value"] is not None]
    counts = [{"value": each["value"], "status": each["status"]} for each in item["counts"]]
    return {**found, "counts": counts} if counts else found


def _squash(text: str) -> str:
    return _BLANK.sub("", text)
