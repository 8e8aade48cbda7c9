"""Which documents use which rule, and what one document alone needs."""

import json
from pathlib import Path

from evaluation.extraction.rule_use import evaluate
from tests.evaluation.builders import TEXT

BY_LABEL = TEXT.replace("(责任单位:市生态环境局)", "\n责任单位:市生态环境局").replace(
    "(市水利局牵头,市公安局配合,2024年6月底前)", "\n责任单位:市水利局"
)


def test_rules_are_counted_by_document_and_lone_functions_named(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", TEXT), ("c", BY_LABEL)):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "gold").mkdir(exist_ok=True)
        (tmp_path / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")
        gold = json.dumps({"doc": f"{name}.txt", "tasks": []})
        (tmp_path / "gold" / f"{name}.json").write_text(gold, encoding="utf-8")
    used = evaluate(tmp_path)
    assert used.documents == 3
    assert used.rules["bracket"] == {"a.txt", "b.txt"}
    assert used.rules["labels"] == {"c.txt"}
    assert set(used.lone_functions.values()) <= {"c.txt", "a.txt"}
    assert used.record()["rules"]["labels"] == ["c.txt"]
