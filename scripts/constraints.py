"""Print exact versions of everything that pyproject.toml leads to, as installed here.

Run after a deliberate upgrade, inside the project's environment:
    python scripts/constraints.py > constraints.txt
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
NOT_PINNED = "nvidia-", "triton", "cuda-"
"""What torch brings on some machines only; torch itself says which versions it needs."""


def requirements() -> Iterator[Requirement]:
    """Yield the requirements of the base product, of every extra and of every dependency group."""
    settings = tomllib.loads(PROJECT.read_text("utf-8"))
    project = settings["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    groups += settings["dependency-groups"].values()
    for group in groups:
        yield from map(Requirement, group)


def installed(wanted: Iterable[Requirement]) -> dict[str, str]:
    """Return name and version of what `wanted` needs, directly or not, leaving out what is not installed."""
    versions: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(requirement, extra) for requirement in wanted for extra in ("", *requirement.extras)]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, extra) in seen or name.startswith(NOT_PINNED):
            continue
        seen.add((name, extra))
        try:
            found = distribution(name)
        except PackageNotFoundError:  # needed on another platform only
            continue
        versions[name] = found.version.split("+")[0]
        for line in found.requires or ():
            part = Requirement(line)
            if part.marker is None or part.marker.evaluate({"extra": extra}):
                waiting += [(part, inner) for inner in ("", *part.extras)]
    return versions


if __name__ == "__main__":
    print("# Exact versions the project is tested with; written by scripts/constraints.py.")
    for name, version in sorted(installed(requirements()).items()):
        print(f"{name}=={version}")
