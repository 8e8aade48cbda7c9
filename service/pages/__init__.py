"""The web pages: search, a file and its ledger side by side, and the library."""
