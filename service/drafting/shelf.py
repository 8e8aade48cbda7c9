"""The drafts of a library: made, changed, kept in versions, compared; and the outlines to begin with."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.errors import NotFoundError, UserError
from corpus.store.office.drafts import DraftRow, DraftVersionRow, OutlineRow
from service.drafting.comparing import DraftComparison, compare_drafts
from service.drafting.contents.registry import known_contents
from service.drafting.draft import Draft, Kind, Statement
from service.drafting.editing import TypedSection, revised
from service.drafting.examples import Example
from service.drafting.learning import Variant, doc_types_of, learnt_outlines
from service.drafting.making import DraftRequest, examples_for, make_draft
from service.drafting.outline import Outline, Part, outline_of
from service.drafting.wording import subject_of

if TYPE_CHECKING:
    from service.library import Library

MADE = "生成"
LONGEST_NAME = 60
MOST_PARTS = 40
MOST_THEMES = 5
"""Themes of a section for which examples are looked for."""
LONGEST_HEADING = 100
FIELDS = ("title", "recipients", "issuer", "remark")
"""Words of a draft that a person may change beside its sections."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its working text."""

    row: DraftRow
    draft: Draft


class DraftShelf:
    """The drafts of a library. All methods may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._table = library.store.drafts
        self._learnt: dict[tuple[str, str], tuple[Variant, ...]] = {}
        self._learnt_at = -1
        self._lock = threading.Lock()

    # Drafts

    def make(self, request: DraftRequest, by: str, outline: Outline | None = None) -> OpenDraft:
        """Make a draft and keep it.

        Raises:
            UserError: when there is no such genre, or neither topic nor plan is given.
            NotFoundError: when there is no such plan.
        """
        return self.open(self.store(make_draft(self._library, request, outline), by))

    def store(self, draft: Draft, by: str) -> str:
        """Keep a draft as its first version and return its id."""
        return self._table.add(draft.record(), by, MADE)

    def all(self, removed: bool = False) -> list[DraftRow]:
        """Return the drafts, the one changed last first."""
        return self._table.all(removed)

    def open(self, draft_id: str, version: int | None = None) -> OpenDraft:
        """Return a draft with its working text, or with that of a version.

        Raises:
            NotFoundError: when there is no such draft or version.
        """
        return OpenDraft(self._table.row(draft_id), Draft.from_record(self._table.record(draft_id, version)))

    def change(
        self,
        draft_id: str,
        revision: int,
        by: str,
        sections: Sequence[TypedSection] | None = None,
        fields: Mapping[str, str] | None = None,
        day: date | None = None,
    ) -> OpenDraft:
        """Put what a person typed in the place of the working text; None leaves a part as it is.

        Raises:
            NotFoundError: when there is no such draft.
            UserError: when it was changed since `revision`.
        """
        draft = self.open(draft_id).draft
        words = {name: value.strip() for name, value in (fields or {}).items() if name in FIELDS}
        if sections is not None:
            draft = replace(draft, sections=revised(draft, sections, self._earlier(draft_id)))
        changed = replace(draft, **words, day=day or draft.day)  # type: ignore[arg-type]
        self._table.change(draft_id, changed.record(), revision, by)
        return self.open(draft_id)

    def keep(self, draft_id: str, by: str, note: str = "") -> int:
        """Keep the working text as a version and return its number.

        Raises:
            NotFoundError: when there is no such draft.
        """
        return self._table.keep(draft_id, by, note)

    def versions(self, draft_id: str) -> list[DraftVersionRow]:
        """Return the kept versions, the newest first.

        Raises:
            NotFoundError: when there is no such draft.
        """
        return self._table.versions(draft_id)

    def bring_back(self, draft_id: str, version: int, by: str) -> OpenDraft:
        """Make a version the working text again; what stood there is kept as a version.

        Raises:
            NotFoundError: when there is no such draft or version.
        """
        now, old = self.open(draft_id), self.open(draft_id, version).draft
        self._table.keep(draft_id, by, f"恢复第 {version} 版之前")
        self._table.change(draft_id, old.record(), now.row.revision, by)
        return self.open(draft_id)

    def compare(self, draft_id: str, before: int, after: int | None = None) -> DraftComparison:
        """Tell what changed between two versions; the working text when `after` is None.

        Raises:
            NotFoundError: when there is no such draft or version.
        """
        return compare_drafts(self.open(draft_id, before).draft, self.open(draft_id, after).draft)

    def remove(self, draft_id: str, by: str) -> None:
        """Take a draft out of the list; its versions stay.

        Raises:
            NotFoundError: when there is no such draft.
        """
        self._table.set_removed(draft_id, True, by)

    def restore(self, draft_id: str, by: str) -> None:
        """Bring a removed draft back.

        Raises:
            NotFoundError: when there is no such draft.
        """
        self._table.set_removed(draft_id, False, by)

    def examples(self, draft_id: str, section: int, most: int = 8) -> tuple[Example, ...]:
        """Return measures of other places for a section, best first, varied in source.

        Raises:
            NotFoundError: when there is no such draft or section.
        """
        draft = self.open(draft_id).draft
        if not 0 <= section < len(draft.sections):
            raise NotFoundError("没有这一部分，请刷新页面。")
        wanted = _wanted(draft, section)
        return examples_for(self._library, wanted, draft.documents, self._home(draft), most)

    # Outlines

    def learnt(self, genre: str, level: str = "") -> tuple[Variant, ...]:
        """Return the layouts that documents of a genre share; kept until the library changes."""
        changed = self._library.store.last_change()
        with self._lock:
            if changed != self._learnt_at:
                self._learnt, self._learnt_at = {}, changed
            if (genre, level) not in self._learnt:
                layouts = self._library.store.layouts(doc_types_of(genre))
                self._learnt[genre, level] = learnt_outlines(genre, layouts, level)
            return self._learnt[genre, level]

    def outlines(self, genre: str = "") -> list[OutlineRow]:
        """Return the outlines that users saved, of all genres when "" is given."""
        return [row for row in self._table.outlines() if not genre or row.genre == genre]

    def outline(self, name: str, genre: str) -> Outline:
        """Return an outline by its id (o3), or a genre's nth learnt one (learnt:1); "" gives the genre's own.

        Raises:
            NotFoundError: when there is no such outline.
            UserError: when there is no such genre.
        """
        if not name:
            return outline_of(genre)
        if name.startswith("learnt:"):
            variants, number = self.learnt(genre), name.removeprefix("learnt:")
            if not number.isdecimal() or not 0 < int(number) <= len(variants):
                raise NotFoundError(f"没有学到的提纲 {name}；文种“{genre}”现有 {len(variants)} 种。")
            return variants[int(number) - 1].outline
        row = self._table.outline(name)
        return Outline(genre, parts_from(row.parts))

    def save_outline(
        self, name: str, genre: str, parts: Sequence[Part], by: str, outline_id: str | None = None
    ) -> OutlineRow:
        """Keep an outline under a name, in the place of another with `outline_id`.

        Raises:
            UserError: when the name is empty or too long, or the outline has no parts.
            NotFoundError: when there is no such outline.
        """
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise UserError(f"提纲名称不能为空，最多 {LONGEST_NAME} 个字。")
        checked = [part.record() for part in parts_from([part.record() for part in parts])]
        return self._table.outline(self._table.save_outline(name, genre, checked, by, outline_id))

    def remove_outline(self, outline_id: str, by: str) -> None:
        """Forget an outline.

        Raises:
            NotFoundError: when there is no such outline.
        """
        self._table.remove_outline(outline_id, by)

    def _home(self, draft: Draft) -> str:
        """Return whose draft it is: the place that was given, else that of the document it was made from."""
        if draft.place or not draft.documents:
            return draft.place
        return self._library.document_row(draft.documents[0]).region or ""

    def _earlier(self, draft_id: str) -> list[Statement]:
        """Return the sentences of the first and the last kept version."""
        numbers = [row.version for row in self._table.versions(draft_id)]
        wanted = {numbers[0], numbers[-1]} if numbers else set()
        return [item for number in sorted(wanted) for item in self.open(draft_id, number).draft.statements]


def parts_from(records: Sequence[Mapping[str, object]]) -> tuple[Part, ...]:
    """Return the parts of an outline from records.

    Raises:
        UserError: when there are none or too many, a heading is too long, or there is no such content.
    """
    if not 0 < len(records) <= MOST_PARTS:
        raise UserError(f"提纲至少要有一个部分，最多 {MOST_PARTS} 个。")
    known = known_contents()
    parts: list[Part] = []
    for record in records:
        heading, contents = str(record.get("heading") or "").strip(), record.get("contents") or ()
        if len(heading) > LONGEST_HEADING or not isinstance(contents, (list, tuple)):
            raise UserError(f"标题“{heading[:20]}”过长，最多 {LONGEST_HEADING} 个字。")
        unknown = [str(name) for name in contents if name not in known]
        if unknown:
            raise UserError(f"没有名为“{unknown[0]}”的内容，请从列出的内容中选择。")
        parts.append(Part(heading, tuple(str(name) for name in contents)))
    return tuple(parts)


def _wanted(draft: Draft, section: int) -> list[str]:
    """Return what examples for a section are looked for with: its themes, else what the draft is about."""
    part = draft.sections[section]
    themes = [item.text for item in part.paragraphs if item.kind is Kind.HEADING][:MOST_THEMES]
    subject = draft.topic or subject_of(draft.title)
    return themes or [subject]
