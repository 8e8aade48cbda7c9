"""How good it is: gold, metrics and tables."""
