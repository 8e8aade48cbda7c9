"""Which tables say what is to be done and by whom or when, what their columns hold, and their rows."""
