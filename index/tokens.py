"""Words and bigrams of Chinese text, folded for comparison, with their places in the text as written.

Both indexes, the highlights and the queries cut text here, so that they agree on what a word is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import ModuleType

from corpus.registry.tables import read_table
from corpus.spans import Span

CUTTING_VERSION = "2"
"""Raised when the same text is cut in another way, so that old indexes are made anew."""


@dataclass(frozen=True, slots=True)
class Token:
    """A folded term and the words of the text, as written, that it stands for."""

    term: str
    span: Span


class _Folding(dict[int, str]):
    """What each code point becomes under NFKC and lower case, found once per code point."""

    def __missing__(self, point: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(point)).lower()
        self[point] = folded
        return folded


class _Lettering(dict[int, str]):
    """What is left of each code point where only letters and digits count, found once per code point."""

    def __missing__(self, point: int) -> str:
        left = _LAYOUT.sub("", _FOLDING[point])
        self[point] = left
        return left


_FOLDING = _Folding()
_LETTERING = _Lettering()
_LAYOUT = re.compile(r"[\W_]+")
_WIDE = {wide: _FOLDING[ord(wide)] for wide in "，：；（）！？％／＋～\u3000"}
_ORDINARY = re.compile(rf"[\n\t -~一-鿿〇。、《》〈〉“”‘’—·「」【】〔〕{''.join(_WIDE)}]*")
"""Texts of which only capital letters and these wide marks fold to anything but themselves: 96 of 100
passages. A table asked for each character takes four times as long."""
_CAPITAL = re.compile("[A-Z]")
_LETTERS = re.compile("[0-9a-z一-鿿〇]+")
"""What is left of such a text where only letters and digits count."""
_CHINESE = re.compile("[㐀-鿿〇\U00020000-\U0003ffff]+")


def fold(text: str) -> str:
    """Return `text` as a comparison key: full width as half width, lower case. Its length may differ."""
    if not _ORDINARY.fullmatch(text):
        return text.translate(_FOLDING)
    for wide, narrow in _WIDE.items():
        text = text.replace(wide, narrow)
    return _small(text)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text and, for each of its characters, the place in `text` it comes from."""
    folded = fold(text)
    if len(folded) == len(text):  # some characters become several, none becomes nothing
        return folded, range(len(text))
    pieces = [_FOLDING[ord(character)] for character in text]
    return folded, [place for place, piece in enumerate(pieces) for _ in piece]


def words(text: str) -> list[str]:
    """Return the folded search words of `text` in order, repeated ones repeated, without stop words.

    A long word also gives the shorter words inside it. Punctuation gives nothing; blank text gives [].
    """
    cut = _cutter().cut_for_search(fold(text), False)
    stop = stop_words()
    return [word for word in cut if word not in stop and _is_word(word)]


def bigrams(text: str) -> list[str]:
    """Return the folded character pairs of each stretch of Chinese characters in `text`.

    They find what the dictionary cuts otherwise in the query than in the document. Latin letters and digits
    give none.
    """
    return [pair for run in _chinese_runs(fold(text)) for pair in _pairs(run)]


def query_bigrams(text: str) -> list[str]:
    """Return the character pairs of a query, leaving out those that touch a stop word.

    A query of stop words only gives all its pairs: they are all there is to look for.
    """
    found = [pair for run in _runs_of_content(text) for pair in _pairs(run)]
    return found if found or words(text) else bigrams(text)


def terms(text: str) -> list[str]:
    """Return words and bigrams of `text` together: the features of an encoder."""
    return words(text) + bigrams(text)


def cut(text: str) -> list[str]:
    """Return `text` cut into words, stop words and punctuation among them; joined they are `text` again."""
    return list(_cutter().cut(text, False))


def cut_places(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of `cut`, each with where it begins."""
    start = 0
    for word in cut(text):
        yield start, word
        start += len(word)


def word_places(text: str) -> list[int]:
    """Return where words of `text` begin, those inside longer words too, ascending."""
    return sorted({start for _, start, _ in _cutter().tokenize(text, mode="search", hmm=False)})


def word_tokens(text: str) -> list[Token]:
    """Return the search words of `text` with their spans in `text` as written, without stop words."""
    folded, places = fold_with_places(text)
    stop = stop_words()
    cut = _cutter().tokenize(folded, mode="search", hmm=False)
    return [
        Token(word, Span(places[start], places[end - 1] + 1))
        for word, start, end in cut
        if word not in stop and _is_word(word)
    ]


def text_key(text: str) -> int:
    """Return a number below 2**63 that is equal for texts of the same letters and digits.

    White space, punctuation and widths do not count, so a passage keeps its key when it is laid out anew.
    """
    digest = hashlib.blake2b(letters_of(text).encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


@lru_cache(maxsize=1024)
def letters_of(text: str) -> str:
    """Return the folded letters and digits of `text`: what is left of it in any layout.

    What a search compares it asks for several times.
    """
    if not _ORDINARY.fullmatch(text):
        return text.translate(_LETTERING)
    return "".join(_LETTERS.findall(_small(text)))


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing about a text's matter: particles, and the words of asking."""
    return frozenset(row["word"] for row in read_table("index", "stop_words.tsv"))


@cache
def cutting_fingerprint() -> str:
    """Return a short text that changes whenever the same text may be cut in another way than before."""
    known = "\n".join([CUTTING_VERSION, *sorted(stop_words()), *sorted(_user_words())])
    return hashlib.blake2b(known.encode(), digest_size=8).hexdigest()


def _small(text: str) -> str:
    return text.lower() if _CAPITAL.search(text) else text


def _is_word(word: str) -> bool:
    return any(map(str.isalnum, word))


def _chinese_runs(text: str) -> list[str]:
    return _CHINESE.findall(text)


def _pairs(run: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(run))


def _runs_of_content(text: str) -> list[str]:
    """Return the stretches of Chinese characters between stop words."""
    stop = stop_words()
    content = "".join("\n" if word in stop else word for word in _cutter().cut(fold(text), False))
    return _chinese_runs(content)


@cache
def _cutter() -> ModuleType:
    # Loading the dictionary takes a tenth of a second, which a command without a search need not pay. The
    # module has loaded one itself then; another `Jieba()` would load it again, 24 MB.
    import rjieba

    for word in _user_words() | stop_words():
        rjieba.add_word(word, None, None)
    return rjieba


@cache
def _user_words() -> frozenset[str]:
    """Return the names of units and places, folded."""
    from corpus.registry.regions import region_names
    from corpus.registry.units import unit_names

    return frozenset(fold(name) for name in unit_names() | region_names() if len(name) > 1)
