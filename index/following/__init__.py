"""Follows the store: history prepared on all cores, both indexes brought up to it."""
