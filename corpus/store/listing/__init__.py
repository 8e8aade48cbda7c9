"""Pages of the ledger and of documents, as they stand on a day."""
