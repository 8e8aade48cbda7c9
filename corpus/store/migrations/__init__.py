"""The steps that bring the tables of an older library to today's form."""
