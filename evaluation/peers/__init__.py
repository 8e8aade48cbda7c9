"""Other search programs through their own interfaces, over the same passages, words and vectors as ours."""
