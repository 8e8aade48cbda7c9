"""发文机关 and 发文字号."""

from __future__ import annotations

import re

from ingest.headfacts.head import Head
from ingest.official_lines import DATE, DOC_NUMBER, ends_like_organ, is_date_line, is_disclosure_line

_BEFORE_ABOUT = re.compile(r"^(?P<name>[^《》“”，。：]{3,150}?)(?:关于|印发|转发|批转|发布|对)")
_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]*个?(?:部门|单位)$")
_RED_HEAD = re.compile(r"^(?P<name>.{3,50}?)(?:文件|令)$")
_BESIDE_DATE = re.compile(rf"^[（(]?(?P<name>[\u4e00-\u9fff、\s\u3000]{{3,60}}?)[\s\u3000]*{DATE}[）)]?$")
_FILED = re.compile(r"(?:填报|制表|编制|报送|发文|起草)单位[:：]\s*(?P<name>[^\s\u3000\t]{3,40})")
_NUMBER = re.compile(DOC_NUMBER)
_UNIT_LABEL = re.compile(r"^(?:填报|填表|编制|编报|报送|制表)?(?:单位|部门)\s*[:：]\s*")
"""What stands before the name over a ledger."""
_SPACES = re.compile(r"[\s\u3000]+")


def find_issuer(title: str | None, doc_type: str | None, head: Head) -> str | None:
    """Return who issued the document: several names are parted by one space.

    An article is signed by whoever put it on the page; for any other text the page's source says nothing.
    """
    signed, titled = _signed(head), _named_in(title)
    if titled and (titled == "".join(signed) or any(_is_short_for(titled, name) for name in signed)):
        titled = " ".join(signed)
    named = titled or " ".join(signed) or _in_head(head) or _filed(head)
    if named or head.clues.publisher:
        return named or head.clues.publisher
    return (head.clues.issuer or None) if doc_type == "调研文章" else None


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether the letters of a name stand in a longer one, in order: 市住建局, 市住房和城乡建设局."""
    rest = iter(name)
    return len(short) < len(name) and short[:2] == name[:2] and all(letter in rest for letter in short)


def _named_in(title: str | None) -> str | None:
    found = _BEFORE_ABOUT.match(title or "")
    if not found:
        return None
    name = " ".join(found["name"].split())
    return name if ends_like_organ(name) or _AND_OTHERS.search(name) else None


def _signed(head: Head) -> list[str]:
    """Return the names above the first date after the text."""
    names: list[str] = []
    for line in head.signature:
        beside = _BESIDE_DATE.match(line)
        if beside:
            return _organs([*names, beside["name"]])
        if is_date_line(line):
            return _organs(names)
        names.extend(part for part in _SPACES.split(line) if not is_disclosure_line(line))
    return []


def _organs(names: list[str]) -> list[str]:
    return [name for name in (name.strip() for name in names) if len(name) > 2 and ends_like_organ(name)]


def _in_head(head: Head) -> str | None:
    """Return the name in red letters, beside the date under the title, or on a line of its own there."""
    for line in (*head.titles[:1], *head.marks):
        for form in (_RED_HEAD, _BESIDE_DATE):
            found = form.match(line)
            if found and ends_like_organ(found["name"].strip()):
                return found["name"].strip()
    own_line = next((line for line in head.marks if len(line) <= 40 and ends_like_organ(line)), None)
    return _UNIT_LABEL.sub("", own_line) if own_line else None


def _filed(head: Head) -> str | None:
    for line in (*head.marks, *head.body[:3]):
        found = _FILED.search(line)
        if found:
            return found["name"]
    return None


def find_doc_number(head: Head) -> str | None:
    """Return the 发文字号 that stands alone in the head, without brackets around it."""
    for line in head.marks:
        found = _NUMBER.search(line)
        if found and len(line) <= 60:
            return _SPACES.sub("", found[0])
    found = _NUMBER.search(head.clues.doc_number)
    return _SPACES.sub("", found[0]) if found else None
