"""Editing a ledger before it is confirmed: cells, rows, undo, and what has to be stored."""
