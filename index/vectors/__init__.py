"""The index of vectors, kept by faiss: its cells, its file, what narrow scopes put aside."""
