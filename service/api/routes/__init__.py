"""Handlers, by what they are about; each translates a request for the library and its answer back."""
