"""Units, regions and the words of the field as sourced tables."""
