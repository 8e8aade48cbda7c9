"""How well stretches of text fit a question, and the evidence gathered for it."""
