"""How passages are found: tokens, lexical index, vectors, fusion, catch-up."""
