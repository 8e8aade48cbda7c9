"""Templates of users: Word files with fields and loops, and texts with xx where a figure is missing."""
