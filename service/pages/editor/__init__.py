"""The editor of a ledger beside its source text, for dropped files and for documents of the library."""
