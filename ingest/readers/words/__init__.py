"""Words that readers know a format's clutter and containers by, as tables with their sources."""
