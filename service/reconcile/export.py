"""The result of a reconciliation as a workbook or a Word file."""

from __future__ import annotations

from service.files import checked_suffix
from service.reconcile.model import Reconciliation
from service.reconcile.sheets import tables_of


def result_bytes(found: Reconciliation, suffix: str) -> bytes:
    """Return the result in the format of a suffix.

    Raises:
        UserError: when the suffix is neither .xlsx nor .docx.
    """
    if checked_suffix(suffix, ".xlsx", ".docx") == ".xlsx":
        from service.dispatch.xlsx import workbook_bytes  # openpyxl takes 0.2 s

        return workbook_bytes(tables_of(found))
    from service.dispatch.docx import document_bytes  # python-docx as well

    return document_bytes(tables_of(found))
