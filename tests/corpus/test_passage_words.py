"""The words of passages are kept, only so many of them."""

from __future__ import annotations

import pytest

import corpus.store.searching.passage_words
from corpus.store.searching.passage_words import PassageWords


def test_what_came_first_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.store.searching.passage_words, "MOST_KEPT", 2)
    kept = PassageWords()
    kept.keep({1: "清淤", 2: "补种"})
    assert kept.of([2, 1, 7]) == {2: "补种", 1: "清淤"}
    kept.keep({3: "绿化"})
    assert kept.of([1, 2, 3]) == {2: "补种", 3: "绿化"}
