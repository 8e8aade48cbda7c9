"""The record store: documents with their versions, passages, the ledger, and the feed of changes."""
