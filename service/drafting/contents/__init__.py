"""What stands in the parts of a draft, from rows of the ledger; what these do not tell is left as a gap."""
