"""What one search program does in a process of its own, whose memory is its own: it builds, or it answers.

Started by `evaluation.peers.scale` as `python -m evaluation.peers.process`, with an `Errand` as JSON on its
input. The last line of its output is what it measured; the lines before tell how many passages were handed
over.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from corpus.records import JsonObject
from corpus.store.filters import Filters
from corpus.store.store import Store
from evaluation.peers.answering import Answers, OursAnswers, TheirAnswers
from evaluation.peers.data import PeerData
from evaluation.peers.installed import PEERS
from evaluation.peers.program import Part
from evaluation.peers.watched import own_memory
from evaluation.speed.made_up import Sentences
from evaluation.speed.scale import REPEATS, SCOPES, asked, fill, percentiles
from index.encoders.static import built_in_encoder
from index.search import SearchIndex
from index.tokens import words

OURS = "taizhang"
SETTLING, LEAST = 3, 5
"""Searches before timing begins, and the fewest that are timed, however long they take."""


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
    """Folder of texts whose sentences are asked, and make ours."""
    passages: int
    """How many ours is built of."""
    queries: int
    """How many are asked in each scope, at most."""
    seconds: float
    """How long each scope is asked, and documents are added and removed."""

    def as_json(self) -> str:
        """Return what the process reads."""
        return json.dumps(asdict(self))


def main() -> None:
    """Run the errand on standard input."""
    errand = Errand(**json.loads(sys.stdin.read()))
    print(json.dumps(_build(errand) if errand.build else _answer(errand)))


def _build(errand: Errand) -> JsonObject:
    begin, busy = perf_counter(), _processor_seconds()
    if errand.program == OURS:
        _build_ours(errand)
    else:
        data = PeerData(Path(errand.data))
        PEERS[errand.program][1](Path(errand.folder), data.dimensions).build(_told(data.parts()))
    return {"build, s": perf_counter() - begin, "build, processor s": _processor_seconds() - busy}


def _processor_seconds() -> float:
    """Return the processor time of this process and of the ones that it started and that have ended."""
    ended = os.times()
    return process_time() + ended.children_user + ended.children_system


def _build_ours(errand: Errand) -> None:
    """Store made-up documents and index them: words are cut and vectors made on the way."""
    folder = Path(errand.folder)
    with Store.open(folder) as store:
        fill(store, Sentences.of(Path(errand.corpus)), errand.passages)
        SearchIndex.open(folder / "index", store).catch_up()


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
    before = own_memory("RssAnon")
    begin = perf_counter()
    folder = Path(errand.folder)
    answers = OursAnswers(folder) if errand.program == OURS else TheirAnswers(errand.program, folder, encoder)
    figures: JsonObject = {"start-up, s": perf_counter() - begin}
    answers.ask(queries[0], Filters())
    figures["start-up and first search, s"] = perf_counter() - begin
    for name, filters in SCOPES.items():
        figures |= _searches(answers, queries, name, filters, errand.seconds)
    figures["memory: peak, MB"] = own_memory("VmHWM")
    figures["memory: own, without mapped files, MB"] = own_memory("RssAnon")
    figures["memory: own before opening, MB"] = before
    return figures | _comings_and_goings(answers, sentences, errand.seconds)


def _searches(
    answers: Answers, queries: Sequence[str], name: str, filters: Filters, seconds: float
) -> JsonObject:
    """Ask as many of the queries as the time allows."""
    for query in queries[:SETTLING]:
        answers.ask(query, filters)
    times, found = [], 0
    end = perf_counter() + seconds
    for query in queries:
        begin, busy = perf_counter(), process_time()
        found += len(answers.ask(query, filters))
        times.append((1000 * (perf_counter() - begin), 1000 * (process_time() - busy)))
        if perf_counter() > end and len(times) >= LEAST:
            break
    figures = {"asked": len(times), "found": found / len(times)} | percentiles(times)
    return {f"{figure}, {name}": value for figure, value in figures.items()}


def _comings_and_goings(answers: Answers, sentences: Sentences, seconds: float) -> JsonObject:
    """Add documents one by one until they are found, and remove them until they are gone."""
    added, removed = [], []
    end = perf_counter() + seconds
    for number in range(REPEATS):
        try:
            come, gone = answers.add_and_remove(sentences, number)
        except NotImplementedError:
            return {}
        added.append(come)
        removed.append(gone)
        if perf_counter() > end:
            break
    return {
        "documents added and removed": len(added),
        "add one document until found, s, slowest": max(added),
        "remove one document until gone, s, slowest": max(removed),
    }


if __name__ == "__main__":
    main()
