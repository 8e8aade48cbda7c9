"""Twelve documents with invented places, bundled for trying out and testing."""
