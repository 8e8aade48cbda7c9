"""Encoders: what turns a text into a vector."""
