"""Documents on their own: their versions, their original bytes, and files that hang on rows."""
