"""自定义说法: the everyday words that users keep, and what they decide on those that texts explain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import NotFoundError, UserError
from corpus.records import JsonObject
from corpus.store.audit import AuditLog, Fact
from index.tokens import fold
from index.wording.own_words import OwnWord, as_text, load_own_words, parse_own_words, save_own_words
from service.user_tables.table import Step, UserTable

if TYPE_CHECKING:
    from index.wording.mined import MinedPair


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


class WordBook(UserTable[OwnWord]):
    """The users' table of everyday words. `mined` gives the pairs that the library's texts explain."""

    name = "自定义说法"

    def __init__(self, path: Path, audit: AuditLog, mined: Callable[[], Sequence[MinedPair]]) -> None:
        super().__init__(path, audit)
        self._mined = mined

    def all(self) -> tuple[OwnWord, ...]:
        """Return the lines of the table in their order, rejected pairs among them."""
        return load_own_words(self.path)

    def text(self) -> str:
        """Return the table as the text of its file."""
        return as_text(self.all())

    def remove(self, everyday: str, by: str, rejected: bool = False) -> Step[OwnWord]:
        """Take a word out of the table, or with `rejected` let what it was rejected for stand again.

        Raises:
            NotFoundError: when there is no such word.
        """

        def act(words: list[OwnWord]) -> None:
            kept = [word for word in words if word.key != (fold(everyday), rejected)]
            if len(kept) == len(words):
                raise NotFoundError(f"自定义说法里没有“{everyday}”。")
            words[:] = kept

        return self._change(act, by)

    def take_in(self, text: str, by: str) -> Step[OwnWord]:
        """Add or change the words of lines that were copied from a spreadsheet, or of a file.

        Raises:
            UserError: when no line is a word, or one cannot be; nothing is changed then.
        """
        found = {word.key: word for word in parse_own_words(text)}
        if not found:
            raise UserError("没有读到说法：每行写一个说法，按 Tab 键隔开，再写文件里的用词。")

        def act(words: list[OwnWord]) -> None:
            words[:] = ({word.key: word for word in words} | found).values()

        return self._change(act, by)

    def mined(self) -> tuple[Mined, ...]:
        """Return the pairs that the library's texts explain, those of most documents first."""
        words = self.all()
        rejected, kept = _pairs(words, rejected=True), _pairs(words, rejected=False)
        return tuple(Mined(pair, _use(pair, rejected, kept)) for pair in self._mined())

    def decide(self, short: str, full: str, use: Use, by: str) -> Step[OwnWord]:
        """Decide on a pair that the library's texts explain. What is rejected stays so when documents change.

        A pair of the product's own table can be rejected, too.

        Raises:
            NotFoundError: when it is not to be rejected, no text explains it, and nothing was decided before.
        """

        def act(words: list[OwnWord]) -> None:
            before = list(words)
            words[:] = _without(words, short, full)
            known = use is Use.REJECTED or before != words
            if not known and (short, full) not in {(pair.short, pair.full) for pair in self._mined()}:
                raise NotFoundError(f"文库里没有说明“{short}”就是“{full}”的文件。")
            if use is not Use.USED:
                _add(words, OwnWord(short, (full,), use is Use.REJECTED))

        return self._change(act, by)

    def key(self, line: OwnWord) -> tuple[str, bool]:
        """Return what only one line may have."""
        return line.key

    def _fact(self, was: OwnWord | None, now: OwnWord | None) -> Fact:
        word = now or was
        assert word is not None, "it is in one of them"
        action = "words.reject" if word.rejected else "words.change"
        return Fact(action, word.everyday, before=_shown(was), after=_shown(now))

    def _save(self, lines: Sequence[OwnWord]) -> None:
        save_own_words(self.path, lines)


def _pairs(words: Iterable[OwnWord], rejected: bool) -> set[tuple[str, str]]:
    """Return the pairs that are rejected, or kept."""
    return {
        (fold(word.everyday), fold(other))
        for word in words
        if word.rejected is rejected
        for other in word.official
    }


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
