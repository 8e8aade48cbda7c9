"""How well reports are matched to plans, on reports made up of gold plans."""
