"""What handlers are given: the library, who asks, and parameters of common form."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator, Field

from service.accounts import Person
from service.api.guard import current_person
from service.library import Library

MOST_OFFSET = 2**31 - 1
"""What an INTEGER column holds on every database."""
LONGEST_NOTE = 2000


def library_of(request: Request) -> Library:
    """Return the library that the application serves."""
    library: Library = request.app.state.library
    return library


def person_of(request: Request) -> Person:
    """Return who sends the request."""
    return current_person(request)


LibraryDependency = Annotated[Library, Depends(library_of)]
PersonDependency = Annotated[Person, Depends(person_of)]
Day = Annotated[date, BeforeValidator(date.fromisoformat)]
"""2026-06-30; left to itself pydantic would also take seconds since 1970."""
Offset = Annotated[int, Query(ge=0, le=MOST_OFFSET, description="跳过前多少项")]
Limit = Annotated[int, Query(ge=1, le=10_000, description="最多给出多少项")]
Note = Annotated[str, Field(max_length=LONGEST_NOTE, description="说明，写入修改历史")]
DocumentId = Annotated[str, Path(description="文件编号，如 d12")]
TaskId = Annotated[str, Path(description="任务编号，如 t345")]
