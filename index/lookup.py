"""One search: what both indexes find, joined, chosen, and dressed as hits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial, reduce

from corpus.store.rows import PassageRow
from corpus.store.store import Store
from index.beside import beside
from index.encoders.base import passage_words
from index.encoders.static import StaticEncoder, built_in_encoder
from index.hits import Hit, SearchResult, coverage, highlights
from index.lexical.asked import Asked
from index.lexical.fields import Scope
from index.lexical.lexical_index import LexicalIndex
from index.query.hints import HintKind
from index.query.parsing import Query
from index.ranking.articles import FIRST, MOSTLY, features, reordered
from index.ranking.folding import Chosen, Wanted, choose, copies_of, looked_through
from index.ranking.fusion import Fused, Lists, fuse, is_article, vector_share
from index.ranking.surroundings import FIRST as AROUND
from index.ranking.surroundings import asks, lifted
from index.vectors.compared import Compared
from index.vectors.semantic import Semantic

LEAST_DEPTH = 80
"""Passages that each index is asked for at least; 80 to 200 give the same first ten, but for questions, where
what stands around each of the first `AROUND` counts too."""
LEAST_NEAR = 50
"""Passages that vectors are asked for where that many are asked of the words, but for questions: 30 to 80
give the same first ten in 189 of 190 searches among the precedents, as vectors count for less than words."""
MOST_DEPTH = 1_000
"""Passages looked through at most for hits that are no copies: thousands of rows may say nearly the same."""
ENOUGH_COPIES = 200
"""Where so many of the passages found, and half of them, are copies of what is shown, the rest is too."""
COUNTED = 200
"""Passages found among which the facets count."""
DEPTH_PER_HIT = 8
"""Passages that each index is asked for per hit wanted: copies and the limit per document use them up."""
LOOKED_AT = 5
"""First passages by words that tell what kind of documents is asked for."""
AHEAD = 10
"""First passages by words that are read while vectors are compared: most of them are looked through later."""
UNIT_WEIGHT = 0.2
"""What a task of a unit that the query names adds to a score, as a share of the best score."""


class LookUp:
    """One query over the indexes as they are now."""

    def __init__(
        self, lexical: LexicalIndex, semantic: Semantic | None, store: Store, query: Query, scope: Scope
    ) -> None:
        self._lexical = lexical
        self._semantic = semantic
        self._vectors = Compared(semantic, lexical, query, scope) if semantic else None
        self._store = store
        self._query = query
        self._scope = scope
        self._coverage = 0.0
        """Share of the query's words that the first passage found by words has."""
        self._statutes = 0.0
        """Share of articles of law among the first passages found by words."""
        self._meant: Mapping[int, float] = {}
        """What being of a document that the query speaks of is worth, by passage."""
        self._known: dict[int, PassageRow] = {}
        """Passages that were read, by id."""

    def run(self, wanted: Wanted) -> SearchResult:
        """Return the hits wanted, best first, with counts over what was found."""
        least = AROUND if asks(self._query) else LEAST_DEPTH
        depth = max(least, DEPTH_PER_HIT * wanted.k)
        found, chosen = self._chosen(depth, wanted)
        most = max(MOST_DEPTH, depth)
        while len(chosen) < wanted.k and len(found) >= depth < most and not _says_the_same(chosen, depth):
            depth = min(4 * depth, most)  # copies and long documents used the list up
            found, chosen = self._chosen(depth, wanted)
        facets = self._store.facets([item.id for item in found[:COUNTED]]) if wanted.facets else {}
        hits = tuple(self._hits(chosen, wanted))
        return SearchResult(hits, facets, self._query.hints, self._query.stand_ins)

    def found(self, depth: int) -> tuple[list[Fused], dict[int, tuple[float, ...]]]:
        """Return what is found, best first, and by passage what articles of law are judged by.

        See `index.ranking.articles`. Nothing is judged where most of what the words find first is no article.
        """
        lists = self._both(depth)
        self._look_at_first(lists)
        found = fuse(lists, self._share)
        if self._statutes < MOSTLY or not self._query.question:
            return self._by_surroundings(found, lists), {}
        rows = self._read([item.id for item in found[:FIRST]])
        return found, features(self._query, self._rarity, rows, found, lists, self._coverage)

    def _by_surroundings(self, found: list[Fused], lists: Lists) -> list[Fused]:
        """Return what was found, for a question with that on top around which most of its wording stands."""
        if not asks(self._query):
            return found
        rows = self._read([item.id for item in found[:AROUND]])
        return lifted(self._query, rows, found, lists.shares_by_words(), self._meant)

    def compared(self, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """Return how alike the query and each of the passages are, gram by gram: `LIKENESSES`."""
        encoder = self._semantic.encoder if self._semantic else built_in_encoder()
        if not isinstance(encoder, StaticEncoder):  # others know no grams
            encoder = built_in_encoder()
        rows = self._read(ids)
        close = encoder.likenesses(self._query.text, [passage_words(row) for row in rows]).tolist()
        return {row.id: tuple(own) for row, own in zip(rows, close, strict=True)}

    def _look_at_first(self, lists: Lists) -> None:
        """See how well the words have found what was asked, and whether it is articles of law."""
        rows = self._read(lists.first_by_words(LOOKED_AT))
        if rows:
            self._coverage = coverage(self._rarity, rows[0])
            self._statutes = sum(map(is_article, rows)) / len(rows)

    def _chosen(self, depth: int, wanted: Wanted) -> tuple[list[Fused], list[Chosen]]:
        found, values = self.found(depth)
        found = reordered(found, values, self.compared) if values else found
        first = looked_through(found, wanted)
        return found, choose(self._rows(found, first), wanted, first)

    def _both(self, depth: int) -> Lists:
        """Return what words and what vectors find, each with its scores for what only the other has found."""
        by_words, near = self._among_few(depth) if self._asked.few else self._among_many(depth)
        both = list(by_words | near)
        of_units = self._of_units(both)
        others = [id for id in by_words if id not in near]
        by_vectors = self._cosines(others) | near if near else {}
        self._meant = self._asked.lifts(both)
        lifts = [self._meant, *(dict.fromkeys(of_unit(), UNIT_WEIGHT) for of_unit in of_units)]
        return reduce(Lists.lifted, lifts, Lists.of(by_words, by_vectors))

    def _among_few(self, depth: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the scores of what words or vectors find, and the cosines of the nearest.

        Vectors are compared in another thread; of all in scope the scores by words are known.
        """
        nearest = beside(lambda: self._near(depth))
        best, every = self._asked.best(depth), self._asked.every
        near = nearest()
        return best | {id: every[id] for id in near if id in every}, near

    def _among_many(self, depth: int) -> tuple[dict[int, float], dict[int, float]]:
        """Return the same; what vectors find is scored by words in the other thread."""
        nearest = beside(lambda: self._near_with_words(depth))
        found = self._asked.candidates(depth)
        self._read(list(found)[:AHEAD])
        near, words_of_near = nearest()
        return found | words_of_near, near

    def _near_with_words(self, depth: int) -> tuple[dict[int, float], dict[int, float]]:
        near = self._near(depth)
        return near, self._asked.scores(list(near))

    def _near(self, depth: int) -> dict[int, float]:
        few = depth <= LEAST_DEPTH and not asks(self._query)
        return self._vectors.near(LEAST_NEAR if few else depth) if self._vectors else {}

    def _cosines(self, ids: Sequence[int]) -> dict[int, float]:
        return self._vectors.cosines(ids) if self._vectors else {}

    def _of_units(self, ids: Sequence[int]) -> list[Callable[[], set[int]]]:
        """Begin to look, for each unit that the query names, which of the passages have a task of it."""
        units = [str(unit) for unit in self._query.keys(HintKind.UNIT)]
        return [beside(partial(self._store.of_unit, ids, unit)) for unit in units]

    @property
    def _share(self) -> float:
        if self._semantic is None:
            return 0.0
        most = self._semantic.encoder.share
        return vector_share(most, self._coverage, self._statutes, self._query.question)

    @cached_property
    def _asked(self) -> Asked:
        """The query put to the words: the same however deep it is looked."""
        return Asked(self._lexical, self._query, self._scope)

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        """How rare each word is that the user wrote."""
        return self._lexical.rarity(self._query.written)

    def _rows(self, found: Sequence[Fused], first: int) -> Iterator[tuple[Fused, PassageRow]]:
        """Yield what was found with its text; the `first` are read together, then as many again as were."""
        start, end = 0, first
        while start < len(found):
            some = {item.id: item for item in found[start:end]}
            for row in self._read(list(some)):
                yield some[row.id], row
            start, end = end, 2 * end

    def _read(self, ids: Sequence[int]) -> list[PassageRow]:
        """Return the passages in the order of `ids`, without those that are gone; each is read once."""
        if unread := [id for id in ids if id not in self._known]:
            self._known.update((row.id, row) for row in self._store.passages(unread))
        return [self._known[id] for id in ids if id in self._known]

    def _hits(self, chosen: Sequence[Chosen], wanted: Wanted) -> Iterator[Hit]:
        copies = self._copies(chosen) if wanted.collapse else {}
        for item in chosen:
            yield Hit(
                passage=item.row,
                score=item.found.score,
                coverage=coverage(self._rarity, item.row),
                ranks=item.found.ranks,
                highlights=highlights(self._query, item.row.text) if wanted.highlights else (),
                copies=copies_of(item, copies.get(item.key, [])),
            )

    def _copies(self, chosen: Sequence[Chosen]) -> dict[int, list[PassageRow]]:
        """Return, by text key, the passages that carry the same text as a chosen one."""
        own = {item.row.id for item in chosen}
        same = self._lexical.copies((item.key for item in chosen), self._scope)
        others = {key: [id for id in found if id not in own] for key, found in same.items()}
        ids = [id for found in others.values() for id in found]
        rows = {row.id: row for row in self._read(ids)}
        return {key: [rows[id] for id in found if id in rows] for key, found in others.items()}


def _says_the_same(chosen: Sequence[Chosen], depth: int) -> bool:
    """Tell whether most of the passages found say what those chosen say."""
    copies = sum(len(item.like) for item in chosen)
    return copies >= max(ENOUGH_COPIES, depth // 2)
