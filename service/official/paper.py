"""The measures of an official document, as GB/T 9704-2012 gives them.

Lengths are millimetres, sizes of type are points. Sections of the standard stand beside the figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from corpus.errors import UserError

WIDTH, HEIGHT = 210.0, 297.0
"""A4 (5.2.1)."""
TOP, LEFT = 37.0, 28.0
"""天头 and 订口 (5.2.2)."""
TEXT_WIDTH, TEXT_HEIGHT = 156.0, 225.0
"""版心 (5.2.2)."""
RIGHT, BOTTOM = WIDTH - LEFT - TEXT_WIDTH, HEIGHT - TOP - TEXT_HEIGHT
TOLERANCE = 1.0
"""What the standard allows at 天头 and 订口."""
LINES, CHARACTERS = 22, 28
"""Lines of a page and characters of a line (5.2.3)."""
POINTS_PER_MM = 72 / 25.4
LINE_PITCH = math.floor(TEXT_HEIGHT / LINES * POINTS_PER_MM * 20) / 20
"""28.95 points: what 22 lines leave to each, in Word's twentieths, so that the last one has room."""
CHARACTER_PITCH = TEXT_WIDTH / CHARACTERS * POINTS_PER_MM
"""15.79 points: what 28 characters leave to each."""
TIGHTER = -0.25
"""Points by which characters of 16 points stand closer, so that 28 of them fit a line.

A grid of characters in the section would say it too, but LibreOffice and Word space it differently.
"""
BODY = 16.0
"""3号: everything that the standard does not set otherwise (5.2.3)."""
TITLE = 22.0
"""2号 (7.3.1)."""
SMALL = 14.0
"""4号: page numbers (7.5) and 版记 (7.4)."""
ISSUER_MARK = 45.0
"""发文机关标志; the standard leaves the size to the office, not above that of its own sample (7.2.4)."""
RED = "FF0000"
RULE_OUTER, RULE_INNER = 0.35, 0.25
"""First and last rule of 版记, and those between (7.4.1)."""
RED_RULE_BELOW_NUMBER = 4.0
"""From 发文字号 to the red rule (7.2.8)."""
PAGE_NUMBER_BELOW = 7.0
"""From the lower edge of 版心 to the rules beside the page number (7.5)."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The names of the fonts; offices have them under different names, and none is shipped."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    first: str = "黑体"
    """Headings 一、."""
    second: str = "楷体_GB2312"
    """Headings （一）."""
    number: str = "宋体"
    """Page numbers."""


PRESETS: dict[str, Fonts] = {
    "gb2312": Fonts(),
    "windows": Fonts("小标宋体", "仿宋", "黑体", "楷体", "宋体"),
    "kylin": Fonts("方正小标宋_GBK", "方正仿宋_GBK", "方正黑体_GBK", "方正楷体_GBK", "方正书宋_GBK"),
}
"""Names that Windows with the office's own fonts, plain Windows, and 麒麟 or 统信 know."""


def fonts_named(name: str) -> Fonts:
    """Return the fonts of `PRESETS` that have this name.

    Raises:
        UserError: when there are none.
    """
    if name not in PRESETS:
        raise UserError(f"没有名为 {name} 的字体方案，可用的有 {'、'.join(PRESETS)}。")
    return PRESETS[name]
