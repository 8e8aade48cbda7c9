"""Word tables that reading a document needs: tab-separated, with a `source` column."""
