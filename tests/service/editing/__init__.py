"""Editing a ledger: cells, rows, undo, pasted ranges."""
