"""A newer reading of a document: which of its rows are those of the older one, and what is kept of them."""
