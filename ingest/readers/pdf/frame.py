"""How a pdf page lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.document import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page lies: turns positions of the file into positions on the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    """Degrees clockwise by which the page is shown turned: 0, 90, 180 or 270."""

    def place(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file, in points from its origin, as a box on the page as shown."""
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.rotation == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom

    @property
    def width(self) -> float:
        """Width in points of the page as shown."""
        return self.top - self.bottom if self.rotation % 180 else self.right - self.left

    @property
    def height(self) -> float:
        """Height in points of the page as shown."""
        return self.right - self.left if self.rotation % 180 else self.top - self.bottom


def frame_of(page: Any) -> Frame:
    """Return the frame of a pypdfium2 page: the part of it that is shown."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())
