"""督办: what an office does to the rows of its ledger until they are done, proved and closed."""
