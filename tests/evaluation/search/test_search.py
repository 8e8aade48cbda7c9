import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from corpus.errors import UserError
from corpus.store.filters import Filters
from evaluation.search.judgements import IN_WORDS, Judged, Relevant, load_judged, load_same
from evaluation.search.measure import Scores, evaluate, score
from evaluation.search.systems import Found
from index.models.choice import RERANKER
from tests.index.office_services import serving

DOCUMENTS = {
    "canal.txt": "安澜市河道整治方案\n开展河道清淤，清理两岸违法建筑。",
    "inn.txt": "望川县农家乐管理办法\n农家乐应当规范经营，污水达标排放。",
    "tree.txt": "云岭市古树保护方案\n对古树名木逐株建档挂牌。",
    "tree-again.txt": "云岭市古树保护方案\n对古树名木逐株建档挂牌。",
}
SEARCHES = (
    {
        "id": "p1",
        "query": "农家乐怎么管",
        "kind": "question",
        "filter": None,
        "relevant": [("inn.txt", "农家乐应当规范经营")],
    },
    {
        "id": "p2",
        "query": "古树建档",
        "kind": "topic",
        "filter": None,
        "relevant": [("tree-gold.txt", "古树名木逐株 建档")],
    },
    {
        "id": "p3",
        "query": "河道清淤",
        "kind": "filtered",
        "filter": {"region": "浙江省", "year": 2024, "genre": None},
        "relevant": [("canal.txt", "河道清淤")],
    },
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    for name, text in DOCUMENTS.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "search").mkdir()
    with (tmp_path / "search" / "precedents.jsonl").open("w", encoding="utf-8") as file:
        for search in SEARCHES:
            relevant = [{"file": name, "quote": quote, "grade": 2} for name, quote in search["relevant"]]
            file.write(json.dumps({**search, "relevant": relevant}, ensure_ascii=False) + "\n")
    (tmp_path / "same.tsv").write_text("gold_doc\tcorpus_doc\ntree-gold.txt\ttree.txt\n", "utf-8")
    return tmp_path


def judged(*quotes: str) -> Judged:
    return Judged("p", "问", "topic", Filters(), tuple(Relevant("a.txt", quote, 2) for quote in quotes))


@pytest.mark.parametrize(
    ("text", "evidence"), [("前文，开展清 淤工作", 1.0), ("开展清淤。工作", 0.0), ("", 0.0)]
)
def test_evidence_is_the_quotation_itself(text: str, evidence: float) -> None:
    assert score(judged("开展清淤工作"), [Found(frozenset(["b.txt"]), text)]) == Scores(0.0, 0.0, evidence)


def test_a_search_with_filters_stands_twice(gold: Path) -> None:
    searches = load_judged(gold / "search" / "precedents.jsonl", load_same(gold / "same.tsv"))
    assert [search.id for search in searches] == ["p1", "p2", "p3", "p3" + IN_WORDS]
    assert searches[2].filters == Filters(region="浙江省", year_from=2024, year_to=2024)
    assert searches[3].filters.empty
    assert searches[1].grades == {"tree.txt": 2}


ROWS = [
    "keywords",
    "BM25 words",
    "BM25 bigrams",
    "words and bigrams",
    "vectors",
    "fused",
    "articles as found",
    "taizhang",
]


def shortest_first(_path: str, asked: dict[str, Any], _token: str) -> tuple[int, Any]:
    """A rerank service."""
    scores = [
        {"index": place, "relevance_score": -len(text)} for place, text in enumerate(asked["documents"])
    ]
    return 200, {"results": scores}


def test_a_reranker_has_a_row_of_its_own(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(shortest_first) as address:
        monkeypatch.setenv(RERANKER, f"{address}/v1#office")
        record = evaluate(gold, None, None).record()
    assert record["reranker"] == f"{address}/v1#office"
    assert list(record["systems"]) == [*ROWS, "reranked"]


def test_the_whole_way(gold: Path) -> None:
    report = evaluate(gold, None, None)
    record = report.record()
    assert list(record["systems"]) == ROWS
    ours = record["systems"]["taizhang"]
    assert ours["question"] == ours["topic"] == {"ndcg": 1.0, "recall": 1.0, "evidence": 1.0}
    assert ours["filtered"]["ndcg"] == 0.0
    assert ours["filtered" + IN_WORDS]["ndcg"] == 1.0
    assert ours["all"]["ndcg"] == pytest.approx(2 / 3, abs=1e-4)
    assert report.data
    console = Console(width=120, record=True)
    report.show(console)
    assert "taizhang" in console.export_text()


def test_no_judgements(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有检索标注"):
        evaluate(tmp_path, None, None)
