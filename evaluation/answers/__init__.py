"""How many questions are answered right, how many wrongly, and cited from where."""
