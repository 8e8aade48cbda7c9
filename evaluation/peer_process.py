"""What one search program does in a process of its own, whose memory is its own: it builds, or it answers.

Started by `evaluation.peers_scale` as `python -m evaluation.peer_process`, with an `Errand` as JSON on its
input. The last line of its output is what it measured; the lines before tell how many passages were handed
over.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from corpus.passages import cut_passages
from corpus.records import JsonObject
from corpus.store.filters import Filters
from corpus.store.rows import PassageRow
from corpus.store.store import Store
from evaluation.made_up import Sentences, one_made_up
from evaluation.peer_data import PeerData, part_of
from evaluation.peers import PEERS, Asked, Part, Peer
from evaluation.scale import REPEATS, SCOPES, asked, percentiles, timed
from index.encoders.static import built_in_encoder
from index.search import SearchIndex
from index.tokens import words

if TYPE_CHECKING:
    from index.encoders.base import Encoder

OURS = "taizhang"
LIMIT = 10
"""Passages of one answer."""
OWN_WORD = "新增"
"""Begins a word that only the passages of one added document have."""
FIRST_NEW = 2**40
"""Number of the first passage that is added; no library has so many."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a process is to do."""

    program: str
    build: bool
    """True: build; False: answer."""
    folder: str
    """Of the program; the library itself where the program is ours."""
    data: str
    """Of `PeerData`."""
    corpus: str
    """Folder of texts whose sentences are asked."""
    queries: int
    """How many of them."""

    def as_json(self) -> str:
        """Return what the process reads."""
        return json.dumps(asdict(self))


def main() -> None:
    """Run the errand on standard input."""
    errand = Errand(**json.loads(sys.stdin.read()))
    figures = _build(errand) if errand.build else _answer(errand)
    print(json.dumps(figures))


def _build(errand: Errand) -> JsonObject:
    data = PeerData(Path(errand.data))
    peer = PEERS[errand.program][1](Path(errand.folder), data.dimensions)
    begin, busy = perf_counter(), process_time()
    peer.build(_told(data.parts()))
    return {"build, s": perf_counter() - begin, "build, processor s": process_time() - busy}


def _told(parts: Iterator[Part]) -> Iterator[Part]:
    done = 0
    for part in parts:
        yield part
        done += len(part.ids)
        print(done, flush=True)


def _answer(errand: Errand) -> JsonObject:
    """Open what was built, ask, add and remove."""
    sentences = Sentences.of(Path(errand.corpus))
    queries = asked(sentences, errand.queries)
    encoder = built_in_encoder()
    words(queries[0])  # the dictionary is loaded, which would count for none but the first
    encoder.encode_query(queries[0])
    before = _memory("RssAnon")
    begin = perf_counter()
    answers = _Ours(errand) if errand.program == OURS else _Theirs(errand, encoder)
    figures: JsonObject = {"start-up, s": perf_counter() - begin}
    answers.ask(queries[0], Filters())
    figures["start-up and first search, s"] = perf_counter() - begin
    for name, filters in SCOPES.items():
        found = [len(answers.ask(query, filters)) for query in queries[: len(queries) // 4]]
        figures[f"found of {LIMIT}, {name}"] = sum(found) / len(found)
        (times,) = timed(queries, _asking(answers, filters))
        figures |= {f"{figure}, {name}": value for figure, value in percentiles(times).items()}
    figures["memory: peak, MB"] = _memory("VmHWM")
    figures["memory: own, without mapped files, MB"] = _memory("RssAnon")
    figures["memory: own before opening, MB"] = before
    return figures | _comings_and_goings(answers, sentences)


def _asking(answers: _Ours | _Theirs, filters: Filters) -> Callable[[str], object]:
    return lambda query: answers.ask(query, filters)


def _comings_and_goings(answers: _Ours | _Theirs, sentences: Sentences) -> JsonObject:
    """Add documents one by one until they are found, and remove them until they are gone."""
    added, removed = [], []
    for number in range(REPEATS):
        try:
            come, gone = answers.add_and_remove(sentences, number)
        except NotImplementedError:
            return {}
        added.append(come)
        removed.append(gone)
    return {
        "add one document until found, s, slowest": max(added),
        "remove one document until gone, s, slowest": max(removed),
    }


class _Theirs:
    """Another program."""

    def __init__(self, errand: Errand, encoder: Encoder) -> None:
        self._encoder = encoder
        self._peer: Peer = PEERS[errand.program][1](Path(errand.folder), encoder.dimensions)

    def ask(self, query: str, filters: Filters) -> Sequence[int]:
        """Return what it finds; to cut and to encode the question counts, as it does for ours."""
        question = Asked(" ".join(words(query)), self._encoder.encode_query(query), filters.region or "")
        return self._peer.search(question, LIMIT)

    def add_and_remove(self, sentences: Sentences, number: int) -> tuple[float, float]:
        """Return the seconds until a new document's passages are found, and until none is any more."""
        rows = _new_passages(sentences, number)
        begin = perf_counter()
        part = part_of(rows, self._encoder)
        own = f"{OWN_WORD}{number}"
        part = replace(part, words=[f"{words} {own}" for words in part.words])
        question = Asked(own, part.vectors[0])
        self._peer.add(part)
        assert set(part.ids) & set(self._peer.search(question, LIMIT)), "what was added is found"
        come = perf_counter() - begin
        begin = perf_counter()
        self._peer.remove(part.ids)
        assert not set(part.ids) & set(self._peer.search(question, LIMIT)), "what was removed is not found"
        return come, perf_counter() - begin


class _Ours:
    """The product, with the index alone in the process; it stores before it indexes."""

    def __init__(self, errand: Errand) -> None:
        folder = Path(errand.folder)
        self._store = Store.open(folder)
        self._index = SearchIndex.open(folder / "index", self._store)

    def ask(self, query: str, filters: Filters) -> Sequence[int]:
        """Return the hits, each with text and highlights."""
        return [hit.passage.id for hit in self._index.search(query, filters, LIMIT, facets=False).hits]

    def add_and_remove(self, sentences: Sentences, number: int) -> tuple[float, float]:
        """Return the seconds until a new document is found, and until it is gone."""
        new = one_made_up(sentences, 10**6 + self._store.last_change(), random.Random(f"new-{number}"))
        begin = perf_counter()
        (one,) = self._store.add_many([new])
        self._index.catch_up(renew=False)
        assert self.ask("通知", Filters(document=one.document_id)), "what was added is found"
        come = perf_counter() - begin
        begin = perf_counter()
        self._store.remove(one.document_id)
        self._index.catch_up(renew=False)
        assert not self.ask("通知", Filters(document=one.document_id)), "what was removed is not found"
        return come, perf_counter() - begin


def _new_passages(sentences: Sentences, number: int) -> list[PassageRow]:
    """Return the passages of a document that no library holds."""
    new = one_made_up(sentences, 10**6 + number, random.Random(f"new-{number}"))
    document, header = new.document, new.document.header
    first = FIRST_NEW + 1000 * number
    return [
        PassageRow(
            first + place,
            f"d{first}",
            1,
            header.title,
            new.source,
            header.date,
            header.region,
            header.doc_type,
            document.text[passage.span.start : passage.span.end],
            passage.section,
            passage.span,
            None,
            None,
            None,
        )
        for place, passage in enumerate(cut_passages(document))
    ]


def _memory(field: str) -> float:
    """Return a field of this process and its children in MB, 0 where the system does not tell."""
    return sum(memory_of(process, field) for process in (os.getpid(), *children_of(os.getpid())))


def memory_of(process: int, field: str) -> float:
    """Return a field of a process's status in MB; 0 for one that is gone, or where none is told."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return int(fields[field].split()[0]) / 1024 if field in fields else 0.0


def processor_seconds_of(process: int) -> float:
    """Return the processor time of a process in seconds; 0 for one that is gone, or where none is told."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children_of(process: int) -> Iterator[int]:
    """Yield the processes that a process started, and theirs."""
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            started = listed.read_text().split()
        except OSError:
            continue
        for child in map(int, started):
            yield child
            yield from children_of(child)


if __name__ == "__main__":
    main()
