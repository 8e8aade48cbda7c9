"""What people do to rows of the ledger: made at one go, remembered, taken back."""
