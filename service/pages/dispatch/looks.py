"""What the grids of this page have in common."""

from __future__ import annotations

from service.pages.grid import DEFAULT_COLUMN

PLAIN = {**DEFAULT_COLUMN, "cellDataType": False}
"""Cells are shown as they are: counts with empty cells between them, and both sides of a change."""
