"""How sure a row is, and what the rules may have missed."""
