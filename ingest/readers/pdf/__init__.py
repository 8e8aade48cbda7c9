"""Pdf files."""
