"""The models that an office chose: how they are named, loaded once, and left alone when they fail."""
