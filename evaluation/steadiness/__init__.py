"""Whether a ledger stays the same where only the dress of its document changes."""
