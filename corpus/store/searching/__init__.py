"""What search asks of the records: passages, filters, facets, and the library's history step by step."""
