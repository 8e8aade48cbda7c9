"""What was found is joined, ordered anew and folded."""
