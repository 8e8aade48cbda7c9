"""The words that the rules of extraction go by, as tables with their sources."""
