"""What an office keeps beside documents and rows, in tables of its own: accounts, drafts, dispatches."""
