"""What pages have in common, whether their characters come from a pdf or from a scan."""
