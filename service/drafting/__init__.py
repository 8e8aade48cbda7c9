"""Drafts of official documents from the ledger, with a trace for every statement."""
