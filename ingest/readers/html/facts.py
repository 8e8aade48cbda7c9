"""Title, publication date and source of a web page, from its meta tags or the page itself."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from lxml import etree

_TITLE_KEYS = ("articletitle", "og:title", "title")
_DATE_KEYS = ("pubdate", "publishdate", "article:published_time", "createdate", "date")
_ISSUER_KEYS = ("contentsource", "source", "article:author")
_SITE_SUFFIX = re.compile(
    r"\s*[_|｜–—-]+\s*[^_|｜–—-]*(网|门户|政府|平台|中心|委员会|[局厅部委办])[^_|｜–—-]*$"
)
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|印发|更新)?(?:时间|日期)\s*[：:]\s*(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})"
)
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})")
_SOURCE = re.compile(r"来\s*源\s*[：:]\s*([^\s：:|｜【\[（(]{2,40})")
_HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its document; None where it says nothing."""

    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    """ISO date."""


def page_facts(root: etree._Element) -> PageFacts:
    """Return title, source and date of a page whose clutter, and so its information line, is still there."""
    meta = _meta(root)
    words = " ".join(str(piece) for piece in root.itertext(etree.Element))
    source = _first(meta, _ISSUER_KEYS) or _group(_SOURCE.search(words))
    return PageFacts(_title(root, meta), source, _date(_first(meta, _DATE_KEYS), words))


def _meta(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("name") or element.get("property") or "").lower()
        found.setdefault(key, " ".join(element.get("content", "").split()))
    return found


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[key] for key in keys if meta.get(key)), None)


def _title(root: etree._Element, meta: dict[str, str]) -> str | None:
    """Return what the meta tag of government sites, a heading like the window title, or that title tells."""
    given = meta.get("articletitle")
    if given:
        return given
    window = _words(root.find(".//title"))
    headings = [_words(element) for element in root.iter(*_HEADINGS)]
    repeated = next((text for text in headings if len(text) > 4 and _alike(text, window)), None)
    named = _first(meta, _TITLE_KEYS) or window
    return repeated or _SITE_SUFFIX.sub("", named) or None


def _alike(heading: str, window: str) -> bool:
    """Tell whether the window title begins with the heading; long ones are cut there."""
    heading, window = heading.replace(" ", ""), window.replace(" ", "")
    kept, cut, _ = window.replace("...", "…").partition("…")
    return window.startswith(heading) or (bool(cut) and len(kept) > 5 and heading.startswith(kept))


def _date(given: str | None, words: str) -> str | None:
    found = _DATE.search(given) if given else _PUBLISHED.search(words)
    if found is None:
        return None
    try:
        return datetime.date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def _group(found: re.Match[str] | None) -> str | None:
    return None if found is None else found[1]


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext(etree.Element))).split())
