"""The bundled samples: their files read as their texts, and their gold stands in these texts."""

import csv
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from corpus.task import DeadlineKind, ProgressStatus, Role
from ingest.read import read_document
from tests.samples.build import BUILDERS, SAMPLES, write_files

STEMS = sorted(BUILDERS)


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(stem: str) -> str:
    return (SAMPLES / "docs" / f"{stem}.txt").read_text("utf-8")


def gold_of(stem: str) -> Any:
    return json.loads((SAMPLES / "gold" / f"{stem}.json").read_text("utf-8"))


def lines_of(text: str) -> list[str]:
    return [squashed(line) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("stem", STEMS)
def test_a_file_reads_as_its_text(stem: str) -> None:
    path = SAMPLES / "files" / f"{stem}{BUILDERS[stem][0]}"
    document = read_document(path.read_bytes(), path.name)
    assert lines_of(document.text) == lines_of(text_of(stem))
    assert document.problems == ()


def test_the_files_can_be_built_from_their_texts(tmp_path: Path) -> None:
    for path in write_files(tmp_path):
        document = read_document(path.read_bytes(), path.name)
        assert lines_of(document.text) == lines_of(text_of(path.stem))


def test_every_file_is_listed_with_its_text_and_gold() -> None:
    with (SAMPLES / "files.tsv").open(encoding="utf-8", newline="") as stream:
        listed = {row["file"]: row["doc"] for row in csv.DictReader(stream, delimiter="\t")}
    assert listed == {f"{stem}{suffix}": stem for stem, (suffix, _) in BUILDERS.items()}
    for folder, suffix in (("files", ""), ("docs", ".txt"), ("gold", ".json")):
        assert sorted(path.stem for path in (SAMPLES / folder).glob(f"*{suffix}")) == STEMS


@pytest.mark.parametrize("stem", STEMS)
def test_gold_stands_in_its_text(stem: str) -> None:
    gold, text = gold_of(stem), squashed(text_of(stem))
    assert gold["doc"] == f"{stem}.txt"
    for item in [*gold["tasks"], *gold["progress"]]:
        start = text.index(squashed(item["start"]))
        assert squashed(item["end"]) in text[start:]
        assert all(squashed(indicator["raw"]) in text[start:] for indicator in item["indicators"])


@pytest.mark.parametrize("stem", STEMS)
def test_gold_tasks_are_well_formed(stem: str) -> None:
    text = squashed(text_of(stem))
    for task in gold_of(stem)["tasks"]:
        assert {unit["role"] for unit in task["units"]} <= set(Role)
        assert all(squashed(unit["name"]) in text for unit in task["units"])
        assert {deadline["kind"] for deadline in task["deadlines"]} <= set(DeadlineKind)
        assert all(squashed(deadline["raw"]) in text for deadline in task["deadlines"])
        assert all(squashed(heading) in text for heading in task["section"])
        own = task["units"] or task["refs"] or task["deadlines"] or task["persons"]
        assert task["assigned"] is bool(own)


@pytest.mark.parametrize("stem", STEMS)
def test_gold_dates_and_states_are_well_formed(stem: str) -> None:
    gold = gold_of(stem)
    ends = [
        deadline[key] for task in gold["tasks"] for deadline in task["deadlines"] for key in ("start", "end")
    ]
    for day in [*ends, gold["meta"]["date"]]:
        assert day is None or datetime.date.fromisoformat(day)
    states = [item["status"] for item in gold["progress"]]
    states += [count["status"] for item in gold["progress"] for count in item.get("counts", [])]
    assert set(states) <= set(ProgressStatus)
