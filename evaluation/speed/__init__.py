"""How fast the product is: alone, in a browser, with many users, in a round of 调度."""
