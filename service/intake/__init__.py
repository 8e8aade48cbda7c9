"""How files come in: gathered from where the user points, read, added, read again."""
