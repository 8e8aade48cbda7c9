"""What a genre asks for beside its outline: its title, whom it goes to, what stands at its end, its form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from corpus.registry.tables import read_table
from service.drafting.wording import work_on

TO_UNITS = "units"


@dataclass(frozen=True, slots=True)
class GenreForm:
    """A row of `genres.tsv`."""

    genre: str
    pattern: str
    """Of the title; {subject} is what it is about, {work} the same as work."""
    kind: str
    """What the text calls itself: 报告, 方案."""
    to: str
    """Whom it goes to: "units" for those whose tasks it names, else the words themselves; "" for nobody."""
    remark: str
    """附注 at the end, "" for none."""
    layout: str
    """document, letter or minutes."""
    like: tuple[str, ...] = ()
    """Kinds of documents from whose headings its outlines are learnt."""

    def title(self, subject: str) -> str:
        """Return the title for a subject."""
        stem = subject.removesuffix(self.genre)
        if self.pattern == "{subject}{genre}" and stem.endswith(self.genre[:2]):
            stem = stem[:-2]  # 突出问题整改 + 整改方案
        return self.pattern.format(subject=stem, work=work_on(stem), genre=self.genre)


def form_of(genre: str) -> GenreForm:
    """Return the form of a genre; one that the table does not know is titled 关于…的 and its name."""
    return _forms().get(genre) or GenreForm(genre, "关于{subject}的{genre}", genre, "", "", "document")


@cache
def _forms() -> dict[str, GenreForm]:
    return {
        row["genre"]: GenreForm(
            row["genre"],
            row["title"],
            row["kind"],
            row["to"],
            row["remark"],
            row["layout"],
            tuple(row["like"].split()),
        )
        for row in read_table("service.drafting", "genres.tsv")
    }
