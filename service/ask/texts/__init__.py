"""Answers from running text: values, lists, numbered items, facts of a document's head."""
