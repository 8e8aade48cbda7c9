"""文库, and one document: text and ledger side by side, versions compared."""
