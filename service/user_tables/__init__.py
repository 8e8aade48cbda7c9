"""Tables that the users of a library keep as files: their units, their everyday words."""
