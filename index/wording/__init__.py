"""Words that stand for each other: from the product's table, the users' own, and the library's texts."""
