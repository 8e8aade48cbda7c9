import json
from pathlib import Path

import pytest
from rich.console import Console

from corpus.errors import UserError
from evaluation.intervals import interval
from evaluation.search.bench import ALL, UNSHARED, evaluate_bench, measure
from evaluation.search.bench_systems import OURS
from evaluation.search.benches import UNSEEN, Asked, Bench, folds, folds_at_random, load_bench, unseen

DOCUMENTS = {
    "a": ("安澜市河道条例第一条", "河道清淤由河道主管机关组织。"),
    "b": ("安澜市河道条例第二条", "禁止在河道内倾倒垃圾。"),
    "c": ("望川县民宿办法第三条", "农家乐的污水应当达标排放。"),
    "d": ("", "古树名木应当逐株建档挂牌。"),
}
QUESTIONS = {
    "1": ("河道清淤谁来组织？", "a"),
    "2": ("能往河道里倒垃圾吗？", "b"),
    "3": ("农家乐污水怎么排？", "c"),
}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    folder = tmp_path / "rivers"
    folder.mkdir()
    corpus = [{"_id": id, "name": name, "text": text} for id, (name, text) in DOCUMENTS.items()]
    asked = [{"_id": id, "text": text} for id, (text, _) in QUESTIONS.items()]
    for name, records in (("corpus", corpus), ("queries", [*asked, {"_id": "4", "text": "没有答案"}])):
        lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
        (folder / f"{name}.jsonl").write_text(lines + "\n", "utf-8")
    pairs = [f"{id}\t{document}\t1" for id, (_, document) in QUESTIONS.items()]
    (folder / "qrels.tsv").write_text(
        "\n".join(["query_id\tdoc_id\tscore", *pairs, "2\ta\t1"]) + "\n", "utf-8"
    )
    return load_bench(folder)


def asked(id: str, *relevant: str, text: str = "如何") -> Asked:
    return Asked(id, text, frozenset(relevant))


@pytest.mark.parametrize(
    ("found", "relevant", "expected"),
    [
        (["x", "a"], {"a"}, (1.0, 1.0, 0.5)),
        (["a", "x"], {"a", "b"}, (0.5, 0.5, 1.0)),
        ([*"0123456789", "a"], {"a"}, (0.0, 1.0, 0.0)),
        ([], {"a"}, (0.0, 0.0, 0.0)),
    ],
)
def test_measures(found: list[str], relevant: set[str], expected: tuple[float, float, float]) -> None:
    assert measure(found, frozenset(relevant)) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("垃圾由谁清运？", "who"),
        ("押金最多收多少？", "how much or when"),
        ("能不能提前退租？", "whether"),
        ("怎么办理？", "how"),
        ("有哪些条件？", "what"),
        ("河道清淤", "other"),
    ],
)
def test_kinds_of_questions(text: str, kind: str) -> None:
    assert asked("1", "a", text=text).kind == kind


def test_questions_that_share_a_document_stay_in_one_part() -> None:
    questions = [asked("1", "a"), asked("2", "b"), asked("3", "a", "c"), asked("4", "c"), asked("5", "d")]
    parts = [{one.id for one in part} for part in folds(questions, 2)]
    assert parts == [{"1", "3", "4"}, {"2", "5"}]


def test_questions_dealt_at_random_share_documents() -> None:
    questions = [asked(str(number), "a", text=f"第{number}问") for number in range(10)]
    parts = folds_at_random(questions, 3)
    assert [len(part) for part in parts] == [4, 3, 3]
    assert folds_at_random(questions[::-1], 3) == parts
    assert {one.id for part in parts for one in part} == {one.id for one in questions}


def test_each_encoder_is_asked_what_it_has_not_seen(tmp_path: Path) -> None:
    for name, ids in (("0", "1\n3\nother-bench"), ("1", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / UNSEEN).write_text(ids, "utf-8")
    questions = [asked("1", "a"), asked("2", "a"), asked("3", "b")]
    found = unseen(tmp_path, questions)
    assert [(folder.name, [one.id for one in part]) for folder, part in found] == [
        ("0", ["1", "3"]),
        ("1", ["2"]),
    ]
    with pytest.raises(UserError, match="恰有一个"):
        unseen(tmp_path, [*questions, asked("4", "b")])


def test_questions_without_a_document_are_left_out(bench: Bench) -> None:
    assert [one.id for one in bench.questions] == ["1", "2", "3"]
    assert bench.unshared == {"3"}


def test_a_folder_that_is_no_bench_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"缺少文件：corpus\.jsonl"):
        load_bench(tmp_path)


def test_the_whole_way(bench: Bench) -> None:
    report = evaluate_bench(bench, None, None)
    record = report.record()
    assert record["questions"] == {ALL: 3, UNSHARED: 1, "who": 1, "whether": 1, "how": 1}
    assert record["systems"][OURS][ALL]["R@10"]["mean"] == 1.0
    assert record["systems"]["BM25 words"][UNSHARED]["MRR@10"] == {"mean": 1.0, "from": 1.0, "to": 1.0}
    console = Console(record=True, width=160)
    report.show(console)
    assert OURS in console.export_text()


def test_an_interval_holds_the_mean() -> None:
    low, high = interval([0.0, 1.0] * 50)
    assert 0.35 < low < 0.5 < high < 0.65
    assert interval([]) == (0.0, 0.0)
