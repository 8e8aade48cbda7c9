"""The models that an office chose: tried, loaded once, asked over the network."""
