"""The parts of an official document, told by their place, their look and their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.official import paper
from service.official.styled import Styled, main_part

NUMBER = re.compile(
    r"^(?P<name>[一-龥]{2,14}?)(?P<open>[〔\[［（(【])(?P<year>\d{2,4})(?P<close>[〕\]］）)】])\s*(?P<ordinal>第?)"
    r"(?P<count>\d{1,4})号"
)
"""发文字号, also a faulty one."""
DAY = re.compile(r"^(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年(?P<month>.{1,3})月(?P<day>.{1,3})日$")
"""成文日期, in whatever digits."""
_DAY_AT_SIDE = re.compile(r"(?:^|\t)\d{4}年\d{1,2}月\d{1,2}日$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The paragraphs of a document by what they are."""

    mark: Styled | None
    """发文机关标志 or 纪要标志."""
    number: Styled | None
    title: tuple[Styled, ...]
    recipients: Styled | None
    body: tuple[Styled, ...]
    day: Styled | None
    after: tuple[Styled, ...]
    """What stands below 成文日期."""

    @property
    def is_minutes(self) -> bool:
        """Whether these are 纪要, which carry neither signature nor 主送机关."""
        heads = [self.mark, *self.title]
        return any(item is not None and item.text.endswith("纪要") for item in heads)

    @property
    def goes_upward(self) -> bool:
        """Whether it is a 请示 or 报告, which go to a superior."""
        return "".join(item.text for item in self.title).endswith(("请示", "报告"))


def parts_of(paragraphs: Sequence[Styled]) -> Parts:
    """Tell the parts of a document by their place and their words."""
    main = main_part(paragraphs)
    mark = next((item for item in main[:8] if item.red), None)
    number = next((item for item in main[:8] if NUMBER.match(item.text)), None)
    start = max((main.index(item) + 1 for item in (mark, number) if item), default=0)
    dated = next((item for item in main[start : start + 2] if _DAY_AT_SIDE.search(item.text)), None)
    start = main.index(dated) + 1 if dated else start
    title = _title(main[start:])
    rest = main[main.index(title[-1]) + 1 :] if title else main[start:]
    recipients = rest[0] if rest and rest[0].text.endswith(("：", ":")) and len(rest[0].text) < 100 else None
    day = dated or next((item for item in reversed(rest) if DAY.match(item.text)), None)
    ends = rest.index(day) if day in rest else len(rest)
    body = [item for item in rest[:ends] if item is not recipients and item.alignment == "left"]
    after = tuple(rest[ends + 1 :])
    return Parts(mark, number, title, recipients, tuple(body), day, after)


def _title(paragraphs: Sequence[Styled]) -> tuple[Styled, ...]:
    """Return the lines of the title: the first ones in the middle or in large type."""
    lines: list[Styled] = []
    for item in paragraphs[:6]:
        if (
            item.alignment == "center" or item.size >= paper.TITLE - 2
        ) and item.size < paper.ISSUER_MARK - 10:
            lines.append(item)
        elif lines:
            break
    return tuple(lines)


def parts_of_text(lines: Iterable[tuple[int, str]]) -> Parts:
    """Return the parts of a plain text, of which type and layout are not known and taken for right."""
    main = tuple(
        Styled(number, text.strip(), "黑体楷体仿宋", paper.BODY, "left", None, True)
        for number, text in lines
        if text.strip()
    )
    number = next((item for item in main[:8] if NUMBER.match(item.text)), None)
    day = next((item for item in reversed(main) if DAY.match(item.text)), None)
    return Parts(None, number, (), None, main, day, ())
