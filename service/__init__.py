"""Whom it serves: the use cases, and the command line, API and pages that call them."""
