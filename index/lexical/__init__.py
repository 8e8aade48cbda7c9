"""The index of words, kept by tantivy: its fields, what is asked of it, how it is written."""
