"""What the product holds: documents, tasks, the store that keeps them, registry and samples."""
