"""How well tasks, units, deadlines, progress and header facts are extracted."""
