"""Large answers put together ahead: made in other processes, kept until something changes, packed once."""
