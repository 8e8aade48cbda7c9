"""Answers questions from the ledger and from passages, always with citations."""
