"""What stands for what in one library, made anew when its users or its texts say something else."""

from __future__ import annotations

from index.wording.mined import MinedPair, MinedWords, words_of
from index.wording.own_words import OwnWords
from index.wording.stand_ins import OwnTable, Phrasebook


class Wording:
    """The users' words and those of the library's texts, joined with the product's."""

    def __init__(self, own: OwnWords, mined: MinedWords) -> None:
        self.mined = mined
        self._own = own
        self._made_of: tuple[OwnTable, tuple[MinedPair, ...]] | None = None
        self._phrasebook = Phrasebook()

    def phrasebook(self) -> Phrasebook:
        """Return what stands for words as of now."""
        own, pairs = self._own.read(), self.mined.pairs()
        if self._made_of is None or self._made_of[0] is not own or self._made_of[1] is not pairs:
            self._phrasebook, self._made_of = Phrasebook(own, words_of(pairs)), (own, pairs)
        return self._phrasebook
