"""The look that comes as files: each utility class that pages ask for is there, an address names its text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui.dependencies import esm_modules

from service import pages
from service.pages.bundles import ASSETS, DRAFTS, EVERYWHERE, Bundle
from service.pages.fetching import GRID
from service.pages.frame import office_look
from service.settings import Settings

PAGES = Path(str(pages.__path__[0]))
UTILITY = re.compile(
    r"(w|h|min-w|max-w|p[xytblr]?|m[xytblr]?|gap|self|items|justify|content|font"
    r"|leading|tracking|space|grid-cols|col-span|whitespace|overflow|rounded|shadow|cursor|opacity|bg|border)"
    r"-[\w./\[\]%]+|text-(xs|sm|base|lg|xl|center)|truncate|grow|shrink"
)
"""Words that Tailwind would make a rule of."""
QUASAR = frozenset({"overflow-hidden"})
"""What Quasar's own look has by the same name."""


def used_classes() -> Iterator[str]:
    """The words of all classes that Python hands to elements."""
    for file in PAGES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "classes":
                for part in ast.walk(node):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield from part.value.split()


def test_every_utility_class_on_a_page_has_its_rule() -> None:
    rules = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.css"))
    defined = set(re.findall(r"\.([a-z][\w-]*)", rules)) | QUASAR
    asked = {name for name in used_classes() if UTILITY.fullmatch(name)}
    assert {"w-full", "gap-2", "items-center"} <= asked
    assert asked - defined == set()


@pytest.mark.parametrize("bundle", [EVERYWHERE, DRAFTS], ids=lambda bundle: bundle.name)
def test_a_bundle_is_one_look_and_one_script_that_browsers_keep(bundle: Bundle) -> None:
    app = FastAPI()
    bundle.serve(app)
    client = TestClient(app)
    addresses = re.findall(r'(?:href|src)="([^"]+)"', bundle.head)
    assert len(addresses) == 2
    for address, names, ending in zip(addresses, (bundle.looks, bundle.scripts), ("css", "js"), strict=True):
        answer = client.get(address)
        assert "immutable" in answer.headers["cache-control"]
        assert all((ASSETS / f"{name}.{ending}").read_text("utf-8") in answer.text for name in names)


def test_an_address_changes_with_what_is_in_it() -> None:
    one, other = Bundle("x", ("workbook",), ("drop",)), Bundle("x", ("dispatch",), ("drop",))
    assert one.head.split(">")[0] != other.head.split(">")[0]
    assert one.head.split(">")[1:] == other.head.split(">")[1:]


def test_the_script_of_grids_is_still_called_as_pages_ask_for_it() -> None:
    from nicegui import ui

    assert ui.aggrid
    assert [module.name for module in esm_modules.values()].count(GRID) == 1


@pytest.mark.parametrize(
    "words", ['</style><script>alert("x")</script>', '"; } body { display: none', "\\", "安澜市“水务”局"]
)
def test_no_name_of_an_office_leaves_its_string(words: str) -> None:
    look = office_look(Settings(office_name=words, font=words))
    assert look.count("<") == 2 and look.endswith("</style>")
    assert look.count('"') == 4
    meant = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), look)
    assert meant.count(words) == 2
