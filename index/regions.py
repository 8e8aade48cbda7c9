"""Places as terms of an index: each passage carries its place and every place above it."""

from __future__ import annotations

from functools import lru_cache

from corpus.registry.regions import find_region


@lru_cache(maxsize=4096)
def region_chain(name: str | None) -> tuple[str, ...]:
    """Return terms for the place and those above it; an unknown place's own name, () without a place."""
    if not name:
        return ()
    region = find_region(name)
    if region is None:
        return (name,)
    codes = []
    while region is not None:
        codes.append(region.code)
        region = find_region(region.parent) if region.parent else None
    return tuple(codes)
