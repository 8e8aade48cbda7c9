"""What a query says: its words as documents write them, and hints at the documents it wants."""
