"""What a helper process does, started by `index.following.helpers` as `python -m index.following.helper`."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress

from corpus.store.searching.records import Stretch
from corpus.store.store import Store
from index.encoders.static import built_in_encoder
from index.following.helpers import Job
from index.following.prepared import Encoded, encoded
from index.lexical.writing import Words, words_of
from index.wording.said import Names, names_of


def serve() -> None:
    """Run in a helper: prepare one stretch after another until the input closes.

    The input tells first where the library is, then what is wanted.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not come between the answers
    # Nobody is left to answer where the parent was killed.
    with suppress(BrokenPipeError), Store.open(pickle.load(sys.stdin.buffer)) as store:
        for job, stretch in _asked():
            pickle.dump(_prepared(store, job, stretch), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _asked() -> Iterator[tuple[Job, Stretch]]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)
        except EOFError:
            return


def _prepared(store: Store, job: Job, stretch: Stretch) -> Sequence[Words] | Sequence[Names] | Encoded:
    changes = store.changes_after(stretch.after, stretch.last)
    if job is Job.WORDS:
        return [words_of(change) for change in changes]
    if job is Job.NAMES:
        return [names_of(change) for change in changes]
    return encoded(list(changes), built_in_encoder())


if __name__ == "__main__":
    serve()
