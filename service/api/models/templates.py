"""What goes over HTTP about templates of the user's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from service.api.models.drafts import DraftFrame, Words
from service.api.models.record import Record
from service.drafting.making import DraftRequest
from service.official.document import SourcesAs
from service.templates.fields import ANY_GENRE


class TemplateParameters(DraftFrame):
    """What a template is filled from; a topic or a plan must be given."""

    genre: Annotated[Words, Field(description="字段“部分”按哪个文种写")] = ANY_GENRE
    plan: Annotated[
        list[Words], Field(default_factory=list, max_length=20, description="取材的方案，可以写多次")
    ]

    @property
    def request(self) -> DraftRequest:
        """The request that the parameters make."""
        values = {key: value for key, value in self if key in _OF_REQUEST}
        return DraftRequest(plans=tuple(self.plan), **values)


_OF_REQUEST = frozenset(TemplateParameters.model_fields) - {"plan"}


class TemplateFileParameters(TemplateParameters):
    """How the filled file is to be written besides."""

    form: Annotated[Literal["docx", "txt"], Field(description="txt 只用于 .txt 模板")] = "docx"
    fonts: Annotated[Words, Field(description=".txt 模板排成公文的字体：gb2312、windows 或 kylin")] = "gb2312"
    sources: Annotated[SourcesAs, Field(description=".txt 模板的材料来源：文末附表或不附")] = SourcesAs.TABLE


class FilledRecord(Record):
    """A placeholder or field, and what was put there; `value` null where nothing was found."""

    line: int
    placeholder: str
    words: str
    value: str | None
    source: str | None
    ids: list[str]
    quote: str | None
    planned: bool


class TemplateRecord(Record):
    """What was filled in a template and what stays open; `documents` is what it was filled from."""

    template: str
    documents: list[str]
    filled: list[FilledRecord]
    open: list[FilledRecord]
