"""What stands on a web page but not in the document: scripts, navigation, hidden parts, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from lxml import etree

from ingest.readers.html.table import text_length
from ingest.wordlists import rows

_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "canvas",
    "audio",
    "video",
)
_CONTROLS = ("nav", "aside", "footer", "button", "select", "input", "textarea", "dialog")
_NEVER_READ = frozenset(_NO_TEXT + _CONTROLS)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MEDIA = re.compile(r"@[\w-]+[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"\s*([.#])([\w-]+)\s*")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_LONGEST_CLUTTER = 200
"""Characters in a line of clutter at most; a longer one is text."""
_MAIN_SHARE = 0.5
"""An element with more of the page's words than this is no clutter, whatever its class says."""


def remove_clutter(root: etree._Element, keep: Iterable[etree._Element] = ()) -> None:
    """Take what no reader of the page sees, and what is not the document, out of the tree.

    An element that holds one of `keep`, or most of the page's words, is never taken out for its name alone:
    scripts show and hide whole pages, and some themes call the article "print".
    """
    hidden = _hidden_names(root)
    whole = max(1, text_length(root))
    kept = {around for element in keep for around in (element, *element.iterancestors())}
    for element in list(root.iter()):
        if element is root or element in kept:
            continue
        named = hidden & _names(element) or _named_clutter(element)
        if _never_seen(element) or (named and text_length(element) < whole * _MAIN_SHARE):
            _drop(element)


def is_clutter_line(text: str) -> bool:
    """Tell whether a whole line is a button, an information line or a note of the web site."""
    words = " ".join(text.split())
    return len(words) <= _LONGEST_CLUTTER and bool(_line_pattern().fullmatch(words))


def _never_seen(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NEVER_READ:
        return True
    if element.tag == "div" and element.get("title") in ("header", "footer"):
        return True  # page head and foot in pages written by office programs
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return bool(_HIDING.search(element.get("style", "")))


def _names(element: etree._Element) -> frozenset[str]:
    """Return class and id as a style sheet would name them."""
    classes = (f".{name}" for name in element.get("class", "").split())
    return frozenset((*classes, f"#{element.get('id', '')}"))


def _hidden_names(root: etree._Element) -> frozenset[str]:
    """Return the `.class` and `#id` names that the page's own styles hide; media rules do not count."""
    names: set[str] = set()
    for style in root.iter("style"):
        for selectors, rules in _RULE.findall(_MEDIA.sub("", style.text or "")):
            found = [_SIMPLE_SELECTOR.fullmatch(selector) for selector in selectors.split(",")]
            if _HIDING.search(rules):
                names.update(match[1] + match[2] for match in found if match)
    return frozenset(names)


def _named_clutter(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return any(token.lower() in _clutter_tokens() for token in _TOKEN.findall(names))


def _drop(element: etree._Element) -> None:
    """Remove an element, leaving the words that follow it in place."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


@cache
def _clutter_tokens() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("web_clutter") if row["kind"] == "token")


@cache
def _line_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['word']})" for row in rows("web_clutter") if row["kind"] == "line"))
