"""What is due: told on one page for the leadership, as a calendar, by e-mail."""
