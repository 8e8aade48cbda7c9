"""Title, 类别 and 文种."""

from __future__ import annotations

import re
from functools import cache

from ingest.headfacts.head import Head
from ingest.labels import find_label
from ingest.titles import is_surely_whole, without_date, without_notes
from ingest.wordlists import any_word, rows

OPENING_PARAGRAPHS = 6
"""A text names its own kind within so many paragraphs."""
_TRAILING_NUMBER = re.compile(r"[（(]?(?:第[一二三四五六七八九十\d]+[次期批号]|\d{4}年度?)[）)]?$")
_ISSUES = re.compile(r"(?:印发|发布|转发|批转|下发|公布)")
_NAMED = re.compile(r"《([^《》]+)》")
_AND = re.compile(r"[和及与]")
_CARRIER = re.compile(r"(?:的)?(?:通知|公告|函|决定|令)$")
_ARTICLE_WORDS = ("建议", "对策", "启示", "思考", "经验做法", "调研")
_ORDER = re.compile(r"令$")
_ANNOUNCES = re.compile(r"(?:全文|原文|内容|正文|文件)(?:如下|全文)?[:：]?")
_LINKED = re.compile(r"(?P<title>[\u4e00-\u9fff、（）()]{3,60}?关于印发《(?P<named>[^《》]{4,80})》的通知)")
LINKS = 6
"""Links to files stand within so many lines below a text."""


def find_title(head: Head) -> str | None:
    """Return the title of the carrying document, without a collection's number and date around it."""
    lines = [_bare(line) for line in head.titles if not _ANNOUNCES.fullmatch(line)]
    if lines and _ORDER.search(lines[0]) and head.issued:
        lines = list(head.issued)
    if not lines:
        return head.clues.title or None
    carrier = _carrying_notice(lines, head)
    if carrier:
        return carrier
    if len(lines) > 1 and lines[1].endswith(lines[0]):
        lines = lines[1:]  # a web page's own heading leaves out who issued the text
    title = lines[0]
    for line in lines[1:]:
        if is_surely_whole(title) and not line.startswith(("（", "(")):
            break
        title += line
    return title or None


def _carrying_notice(lines: list[str], head: Head) -> str | None:
    """Return the title of the notice that issues the text, where only a link below the text names it."""
    title = "".join("".join(lines).split())
    for line in head.body[-LINKS:]:
        found = _LINKED.search(line)
        if found and "".join(found["named"].split()) == title:
            return found["title"]
    return None


def _bare(line: str) -> str:
    label = find_label(line)
    return without_date(line[label.end :] if label else line)


def issued_name(title: str, head: Head) -> str:
    """Return the name of the text that a notice issues, the title itself for any other document."""
    found = _ISSUES.search(title)
    if not found:
        return title
    named = _NAMED.match(title, found.end())
    if named:
        return named[1]
    return _CARRIER.sub("", title[found.end() :]) or "".join(head.issued)


def find_doc_type(title: str | None, head: Head) -> str | None:
    """Return the kind of content: by the issued text's name, the title, or what the text calls itself."""
    if title:
        kind = _by_ending(issued_name(title, head)) or _by_ending(title)
        if kind:
            return kind
    return _by_own_words(head) or _by_headings(title, head)


def find_genre(title: str | None) -> str | None:
    """Return the statutory 文种 with which the carrying document's title ends, None for another text."""
    if not title:
        return None
    found = _statutory().search(without_notes(title))
    if not found:
        return None
    return "命令" if found[1] == "令" else found[1]


def _by_ending(name: str) -> str | None:
    bare = without_notes(name)
    for part in (bare, _TRAILING_NUMBER.sub("", bare), _AND.split(bare, maxsplit=1)[0]):
        found = _endings().search(part)
        if found:
            return _types()[found[0]]
    return None


def _by_own_words(head: Head) -> str | None:
    opening = head.body[:OPENING_PARAGRAPHS]
    for line in opening:
        for row in rows("self_naming"):
            if row["word"] in line:
                return row["type"]
    greeted = any(line.startswith(("同志们", "各位")) for line in opening)
    return "讲话" if greeted else None


def _by_headings(title: str | None, head: Head) -> str | None:
    """Tell an article by the headings that articles have; any other text is 其他."""
    short = [line for line in head.body if len(line) <= 40]
    article = any(word in line for word in _ARTICLE_WORDS for line in [*short, title or ""])
    if article:
        return "调研文章"
    return "其他" if title or head.body else None


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(any_word("doc_types") + "$")


@cache
def _types() -> dict[str, str]:
    return {row["word"]: row["type"] for row in rows("doc_types")}


@cache
def _statutory() -> re.Pattern[str]:
    return re.compile(f"({any_word('genres', statutory='yes')})$")
