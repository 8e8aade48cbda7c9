"""The facts of a document's head, one module for each kind of fact."""
