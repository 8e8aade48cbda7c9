"""Templates of the user's own over HTTP: what is filled in them, and the filled file; nothing is stored."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Query, Response, UploadFile

from service.api.dependencies import LibraryDependency
from service.api.downloads import DOCX, download
from service.api.models.templates import TemplateFileParameters, TemplateParameters, TemplateRecord

templates = APIRouter(tags=["起草"])


@templates.post("/templates/fill")
def fill(
    library: LibraryDependency, file: UploadFile, given: Annotated[TemplateParameters, Query()]
) -> TemplateRecord:
    """Fill a template (.docx with fields or xx, .txt with xx): what was filled from what, what stays open."""
    from service.templates.filling import fill_template

    name = file.filename or ""
    made = fill_template(library, name, file.file.read(), given.request)
    return TemplateRecord.model_validate({"template": name, **made.record()})


@templates.post("/templates/file", response_class=Response)
def filled_file(
    library: LibraryDependency, file: UploadFile, given: Annotated[TemplateFileParameters, Query()]
) -> Response:
    """Return the filled template as a docx, or a .txt as a text again."""
    from service.official.paper import fonts_named
    from service.templates.filling import fill_template

    name, fonts = file.filename or "", fonts_named(given.fonts)
    made = fill_template(library, name, file.file.read(), given.request, fonts, given.sources)
    kind = "text/plain; charset=utf-8" if given.form == "txt" else DOCX
    return download(f"{PurePath(name).stem}-已填.{given.form}", made.written(f".{given.form}"), kind)
