"""How well searches find what a person judged relevant."""
