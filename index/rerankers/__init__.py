"""Rerankers: what tells, reading a question and a passage together, how well the passage answers."""
