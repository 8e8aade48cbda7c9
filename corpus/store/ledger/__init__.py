"""The rows of the ledger: their table, what is kept beside them, and when they are due."""
