"""Counts of right, wrong and missed, with the rates made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import JsonObject


@dataclass(slots=True)
class Counts:
    """True positives, false positives and false negatives of one kind of thing, summed over documents."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Counts) -> None:
        """Add the counts of another document."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    def compare(self, gold: Iterable[object], found: Iterable[object]) -> None:
        """Count two lists as multisets: what stands twice in the gold has to be found twice."""
        left = list(gold)
        for item in found:
            if item in left:
                left.remove(item)
                self.right += 1
            else:
                self.wrong += 1
        self.missed += len(left)

    def judge(self, right: bool) -> None:
        """Count a thing that is always answered: a wrong answer is also a missed one."""
        self.right += right
        self.wrong += not right
        self.missed += not right

    @property
    def asked(self) -> bool:
        """Tell whether there was anything to find, or anything was found."""
        return self.right + self.wrong + self.missed > 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0.0 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0.0 when there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0.0 when both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def record(self) -> JsonObject:
        """Return counts and rates, the rates rounded to four places."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
        }
