"""What an office keeps beside documents and rows, each in tables of its own: accounts, jobs, drafts."""
