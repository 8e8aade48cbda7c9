"""自定义说法: what users keep, and what they decide on the names that texts explain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, UserError
from index.wording.own_words import OwnWord
from service.cli.app import main
from service.library import Library
from service.user_tables.words import Use
from tests.index.builders import add
from tests.service.callers import Call, caller

PLAN = "支持个体工商户转型升级为企业（以下简称“个转企”）。"
SHORT, FULL = "个转企", "个体工商户转型升级为企业"
BY = "王明"


@pytest.fixture
def library(empty: Library) -> Library:
    add(empty.store, "要点.txt", PLAN)
    return empty


@pytest.fixture
def call(library: Library) -> Call:
    return caller(library)


def also(library: Library, query: str) -> dict[str, tuple[str, ...]]:
    return {item.words: item.official for item in library.search(query).stand_ins}


def test_a_word_counts_from_the_next_search_on(library: Library) -> None:
    library.words.put(OwnWord("回头看", ("复查",)), BY)
    assert also(library, "回头看") == {"回头看": ("复查",)}
    library.words.put(OwnWord("再看一遍", ("复查", "抽查")), BY, instead_of=OwnWord("回头看", ("复查",)))
    assert [word.everyday for word in library.words.all()] == ["再看一遍"]
    library.words.remove("再看一遍", BY)
    assert library.words.all() == ()


def test_what_is_done_is_remembered(library: Library) -> None:
    library.words.put(OwnWord("回头看", ("复查",)), BY)
    library.words.put(OwnWord("回头看", ("抽查",)), BY)
    last, first = library.audit.page().items[:2]
    assert (last.by, last.fact.action, last.fact.subject) == (BY, "words.change", "回头看")
    assert (last.fact.before, last.fact.after, first.fact.before) == ("复查", "抽查", None)


def test_lines_of_a_spreadsheet_add_and_change(library: Library) -> None:
    library.words.put(OwnWord("回头看", ("复查",)), BY)
    step = library.words.take_in("说法\t文件用词\n回头看\t抽查\n押钱\t保证金、质保金\n", BY)
    assert len(step.after) == 2
    assert library.words.all() == (OwnWord("回头看", ("抽查",)), OwnWord("押钱", ("保证金", "质保金")))
    library.words.take_in(library.words.text(), BY)
    assert len(library.words.all()) == 2


@pytest.mark.parametrize("text", ["", "没有第二列", "# 说明\n"])
def test_lines_without_a_word_are_refused(library: Library, text: str) -> None:
    with pytest.raises(UserError, match="没有读到说法"):
        library.words.take_in(text, BY)


def test_what_the_texts_explain_can_be_rejected_kept_and_left_to_them_again(library: Library) -> None:
    assert [(item.pair.short, item.pair.full, item.use) for item in library.words.mined()] == [
        (SHORT, FULL, Use.USED)
    ]
    library.words.decide(SHORT, FULL, Use.REJECTED, BY)
    assert (also(library, SHORT), also(library, FULL)) == ({}, {})
    assert library.words.mined()[0].use is Use.REJECTED
    library.words.decide(SHORT, FULL, Use.KEPT, BY)
    assert library.search(SHORT).stand_ins[0].origin == "own"
    library.words.decide(SHORT, FULL, Use.USED, BY)
    assert library.words.all() == ()
    assert also(library, SHORT) == {SHORT: (FULL,)}


def test_a_rejected_pair_stays_rejected_when_its_document_comes_back(library: Library) -> None:
    (document,) = library.documents()
    library.words.decide(SHORT, FULL, Use.REJECTED, BY)
    library.remove([document.id], BY)
    assert library.words.mined() == ()
    library.restore([document.id], BY)
    assert library.words.mined()[0].use is Use.REJECTED


def test_what_no_text_explains_cannot_be_kept_but_the_products_words_can_be_rejected(
    library: Library,
) -> None:
    with pytest.raises(NotFoundError, match="没有说明"):
        library.words.decide("押金", "保证金", Use.KEPT, BY)
    assert also(library, "押金") == {"押金": ("保证金",)}
    library.words.decide("押金", "保证金", Use.REJECTED, BY)
    assert also(library, "押金") == {}


def test_over_http(call: Call) -> None:
    body = {"everyday": "回头看", "official": ["复查"]}
    listed = [{**body, "rejected": False}]
    assert call("PUT", "/api/words", json=body).json()["items"] == listed
    assert call("GET", "/api/words").json()["items"] == listed
    assert "回头看\t复查" in call("GET", "/api/words/file").text
    assert call("POST", "/api/words/lines", json={"text": "押钱\t保证金"}).json()["items"][1:]
    assert call("DELETE", "/api/words?everyday=回头看").json()["items"][0]["everyday"] == "押钱"
    assert call("DELETE", "/api/words?everyday=回头看").status_code == 404
    (mined,) = call("GET", "/api/words/mined").json()["items"]
    assert (mined["short"], mined["full"], mined["use"]) == (SHORT, FULL, "used")
    decision = {"short": SHORT, "full": FULL, "use": "rejected"}
    assert call("PUT", "/api/words/mined", json=decision).json()["items"][0]["use"] == "rejected"
    assert call("PUT", "/api/words", json={"everyday": "押金", "official": []}).status_code == 422


def test_the_answer_of_a_search_tells_what_it_looked_for_besides(call: Call) -> None:
    told = {"words": SHORT, "value": [FULL], "origin": "library"}
    assert call("GET", f"/api/search?q={SHORT}").json()["also"] == [told]
    assert call("GET", f"/api/search?q={SHORT}&plain={SHORT}").json()["also"] == []


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, table = tmp_path / "data", tmp_path / "说法.tsv"
    table.write_text("押钱\t保证金\n", "gbk")

    def run(*arguments: object) -> str:
        with pytest.raises(SystemExit):
            main([*map(str, arguments), "--data", str(data)])
        return capsys.readouterr().out

    with Library.open(data) as library:
        add(library.store, "要点.txt", PLAN)
    assert "回头看→复查" in run("words", "add", "回头看", "复查")
    assert "改动 1 个" in run("words", "import", table)
    assert [word["everyday"] for word in json.loads(run("words", "list", "--json"))] == ["回头看", "押钱"]
    assert "保证金" in run("words", "list")
    assert "已删去" in run("words", "remove", "押钱")
    assert "已停用" in run("words", "reject", SHORT, FULL)
    assert json.loads(run("words", "mined", "--json"))[0]["use"] == "rejected"
    assert "已采用" in run("words", "accept", SHORT, FULL)
    assert "也查：个转企" in run("search", SHORT)
