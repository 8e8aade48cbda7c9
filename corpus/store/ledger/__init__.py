"""The rows of the ledger: their table, what is kept beside them, when they are due, how they stand."""
