"""Holds a finished text against the records it speaks of: every fact at the place where they state it."""
