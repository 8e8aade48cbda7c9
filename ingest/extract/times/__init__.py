"""Time limits: the moments and stretches that texts name, how limits are worded, and which times are none."""
