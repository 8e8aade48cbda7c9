"""The steps from canonical lines to an outline: what each line is, and what stands under what."""
