"""Numbers with a unit, and which of them are targets."""
