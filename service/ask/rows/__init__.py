"""Answers from rows of the ledger."""
