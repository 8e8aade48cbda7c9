"""How documents come in: read, clean, outline, header facts, extraction."""
