"""Trains the encoder that comes with the product: `python -m scripts.encoder --help`."""
