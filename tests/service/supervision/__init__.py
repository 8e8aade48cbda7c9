"""督办: steps of rows, colours, the office's own columns, views."""
