"""The steps from raw lines to canonical text: furniture, clutter, markers, spaces, joining."""
