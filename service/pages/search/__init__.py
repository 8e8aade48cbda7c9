"""检索: the address of a search, the answer on top, the hits below, the facets beside."""
