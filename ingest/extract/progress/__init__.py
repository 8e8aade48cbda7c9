"""What a report says has been done: its chapters, its items, and the counts in them."""
