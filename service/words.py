"""自定义说法: the everyday words that users keep, and what they decide on those that texts explain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import BusyError, NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import AuditLog
from index.own_words import OwnWord, as_text, load_own_words, parse_own_words, save_own_words
from index.tokens import fold

if TYPE_CHECKING:
    from index.mined import MinedPair

PATIENCE = 10.0
"""Seconds to wait for another who is changing the table."""
MOST_WORDS = 5_000
"""Lines of the table at most."""


class Use(StrEnum):
    """What users decided on a pair that the library's texts explain."""

    USED = "used"
    """Nothing: it is used as long as a document says so."""
    REJECTED = "rejected"
    """It is not used."""
    KEPT = "kept"
    """It is among the users' own words, and counts as those do."""


@dataclass(frozen=True, slots=True)
class Mined:
    """A pair that the library's texts explain, with what users decided."""

    pair: MinedPair
    use: Use

    def record(self) -> JsonObject:
        """Return it under its public keys."""
        return {
            "short": self.pair.short,
            "full": self.pair.full,
            "documents": self.pair.documents,
            "example": self.pair.example,
            "use": self.use.value,
        }


class WordBook:
    """The users' table of everyday words. Every change is written to the audit log.

    `mined` gives the pairs that the library's texts explain.
    """

    def __init__(self, path: Path, audit: AuditLog, mined: Callable[[], Sequence[MinedPair]]) -> None:
        self._path = path
        self._audit = audit
        self._mined = mined

    def all(self) -> tuple[OwnWord, ...]:
        """Return the lines of the table in their order, rejected pairs among them."""
        return load_own_words(self._path)

    def put(self, word: OwnWord, by: str, instead_of: str | None = None) -> None:
        """Add a word, or change the one of the same name, or the one called `instead_of`.

        Raises:
            UserError: when it cannot be a line of the table; nothing is changed then.
        """
        with self._changing(by) as words:
            old = fold(instead_of if instead_of is not None else word.everyday), word.rejected
            place = next((place for place, known in enumerate(words) if known.key == old), len(words))
            words[place : place + 1] = [word]

    def remove(self, everyday: str, by: str, rejected: bool = False) -> None:
        """Take a word out of the table, or with `rejected` let what it was rejected for stand again.

        Raises:
            NotFoundError: when there is no such word.
        """
        with self._changing(by) as words:
            kept = [word for word in words if word.key != (fold(everyday), rejected)]
            if len(kept) == len(words):
                raise NotFoundError(f"自定义说法里没有“{everyday}”。")
            words[:] = kept

    def take_in(self, text: str, by: str) -> int:
        """Add or change the words of lines that were copied from a spreadsheet; return how many.

        Raises:
            UserError: when no line is a word, or one cannot be; nothing is changed then.
        """
        found = {word.key: word for word in parse_own_words(text)}
        if not found:
            raise UserError("没有读到说法：每行写一个说法，按 Tab 键隔开，再写文件里的用词。")
        with self._changing(by) as words:
            known = {word.key: word for word in words}
            words[:] = (known | found).values()
        return len(found)

    def replace(self, words: Iterable[OwnWord], by: str) -> None:
        """Keep these lines instead of those before.

        Raises:
            UserError: when they cannot be a table; nothing is changed then.
        """
        with self._changing(by) as table:
            table[:] = words

    def text(self) -> str:
        """Return the table as the text of its file."""
        return as_text(self.all())

    def mined(self) -> tuple[Mined, ...]:
        """Return the pairs that the library's texts explain, those of most documents first."""
        words = self.all()
        rejected = {
            (fold(word.everyday), fold(other)) for word in words if word.rejected for other in word.official
        }
        kept = {
            (fold(word.everyday), fold(other))
            for word in words
            if not word.rejected
            for other in word.official
        }
        return tuple(Mined(pair, _use(pair, rejected, kept)) for pair in self._mined())

    def decide(self, short: str, full: str, use: Use, by: str) -> None:
        """Decide on a pair that the library's texts explain. What is rejected stays so when documents change.

        A pair of the product's own table can be rejected, too.

        Raises:
            NotFoundError: when it is not to be rejected, no text explains it, and nothing was decided before.
        """
        with self._changing(by) as words:
            before = list(words)
            words[:] = _without(words, short, full)
            known = use is Use.REJECTED or before != words
            if not known and (short, full) not in {(pair.short, pair.full) for pair in self._mined()}:
                raise NotFoundError(f"文库里没有说明“{short}”就是“{full}”的文件。")
            if use is not Use.USED:
                _add(words, OwnWord(short, (full,), use is Use.REJECTED))

    @contextmanager
    def _changing(self, by: str) -> Iterator[list[OwnWord]]:
        """Give the lines to change; they are stored at the end, unless the block raises."""
        from filelock import FileLock, Timeout  # whoever only reads needs no lock

        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._path.with_suffix(".lock"), timeout=PATIENCE):
                before = self.all()
                words = list(before)
                yield words
                if len(words) > MOST_WORDS:
                    raise UserError(f"自定义说法最多 {MOST_WORDS} 行，请先删去不用的。")
                if tuple(words) == before:
                    return
                save_own_words(self._path, words)
        except Timeout as error:
            raise BusyError("别人正在改自定义说法，请稍后再试。") from error
        self._remember(before, words, by)

    def _remember(self, before: Iterable[OwnWord], after: Iterable[OwnWord], by: str) -> None:
        old, new = ({word.key: word for word in words} for words in (before, after))
        for key in dict.fromkeys([*old, *new]):
            was, now = old.get(key), new.get(key)
            if was != now:
                word = now or was
                assert word is not None, "it is in one of them"
                action = "words.reject" if word.rejected else "words.change"
                self._audit.remember(by, action, word.everyday, before=_shown(was), after=_shown(now))


def _use(pair: MinedPair, rejected: set[tuple[str, str]], kept: set[tuple[str, str]]) -> Use:
    both = {(fold(pair.short), fold(pair.full)), (fold(pair.full), fold(pair.short))}
    if both & rejected:
        return Use.REJECTED
    return Use.KEPT if both & kept else Use.USED


def _without(words: Iterable[OwnWord], short: str, full: str) -> list[OwnWord]:
    """Return the lines without the pair, and without those that then say nothing."""
    left = []
    for word in words:
        if fold(word.everyday) == fold(short):
            official = tuple(other for other in word.official if fold(other) != fold(full))
            word = OwnWord(word.everyday, official, word.rejected)
        if word.official:
            left.append(word)
    return left


def _add(words: list[OwnWord], word: OwnWord) -> None:
    """Add a line, or what it says to the line of the same word."""
    for place, known in enumerate(words):
        if known.key == word.key:
            words[place] = OwnWord(known.everyday, (*known.official, *word.official), word.rejected)
            return
    words.append(word)


def _shown(word: OwnWord | None) -> str | None:
    return "、".join(word.official) if word is not None else None
