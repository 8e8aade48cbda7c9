"""What is drawn on a pdf page beside its characters: ruling lines and images."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from corpus.document import Box
from ingest.readers.pdf.frame import Frame

MAX_PATHS = 6000
"""A page with more drawn objects is a map or a drawing; looking for tables there takes minutes."""
_MAX_OBJECTS = 50_000
"""Objects of a page that are looked at."""
_MAX_SEGMENTS = 400
"""Segments of one path that are looked at; an outline of a letter or a coast has more."""
_MAX_DEPTH = 6
"""Forms within forms that are looked into."""
_THIN = 4.0
"""Points up to which a drawn object is a line rather than an area."""
_UPRIGHT = 4.0
"""Degrees by which upright text may be off."""
_STRAIGHT = 1.0
"""Points by which the ends of a line along the page may differ across it."""


class Edge(NamedTuple):
    """A straight line along or across the page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Tell whether it runs from top to bottom."""
        return self.bottom - self.top > self.right - self.left


@dataclass(slots=True)
class Drawn:
    """What is drawn on one page."""

    edges: list[Edge] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    paths: int = 0
    """How many lines and areas."""


class _Matrix(NamedTuple):
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def __matmul__(self, outer: _Matrix) -> _Matrix:
        """Return the matrix that applies this one first and then `outer`."""
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


_PLAIN = _Matrix()


class _Shape(NamedTuple):
    is_image: bool
    item: Any
    outer: _Matrix
    """The matrix of the forms around it."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The objects of one page, before it is known which way up it is read."""

    shapes: tuple[_Shape, ...]
    lie: int | None
    """Degrees clockwise by which the file must be turned so that most text is upright; None without text."""
    slanted: bool
    """True when some text is neither upright nor on its side."""

    def drawn(self, frame: Frame) -> Drawn:
        """Return the straight lines and the images, those within forms included."""
        drawn = Drawn()
        for shape in self.shapes:
            if shape.is_image:
                drawn.images.append(_framed(_bounds(shape.item), shape.outer, frame))
            elif drawn.paths < MAX_PATHS:
                drawn.paths += 1
                drawn.edges += _edges(shape.item, shape.outer, frame)
        return drawn


def survey(page: Any) -> Survey:
    """Return what stands on a pypdfium2 page."""
    pdfium = _kinds()
    shapes: list[_Shape] = []
    angles: Counter[int] = Counter()
    for kind, item, outer in _objects(page.raw):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            angles[_angle(item, outer)] += 1
        else:
            shapes.append(_Shape(kind == pdfium.FPDF_PAGEOBJ_IMAGE, item, outer))
    turns: Counter[int] = Counter()
    for angle, count in angles.items():
        if not is_slanted(angle):
            turns[round(angle / 90) % 4 * 90] += count
    lie, most = max(turns.items(), key=lambda item: item[1], default=(0, 0))
    slanted = any(is_slanted(angle) for angle in angles)
    return Survey(tuple(shapes), lie if most > turns.total() / 2 else None, slanted)


def is_slanted(degrees: float) -> bool:
    """Tell whether an angle is that of a watermark: clearly off the four directions of text."""
    return _UPRIGHT < degrees % 90 < 90 - _UPRIGHT


def _angle(text: Any, outer: _Matrix) -> int:
    """Return the degrees counter-clockwise by which a text object is turned."""
    matrix = _matrix(text) @ outer if outer is not _PLAIN else _matrix(text)
    if matrix.b == 0 and matrix.a > 0:
        return 0
    return round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360


def _kinds() -> Any:
    import pypdfium2.raw as pdfium  # loads a library of 7 MB

    return pdfium


def _objects(page: Any) -> Iterator[tuple[int, Any, _Matrix]]:
    """Yield the texts, paths and images of a page with the matrix of the forms around them."""
    pdfium = _kinds()
    seen = 0
    wanted = (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    waiting: list[tuple[Any, bool, _Matrix, int]] = [(page, False, _PLAIN, 0)]
    while waiting:
        holder, is_form, outer, depth = waiting.pop()
        count = pdfium.FPDFFormObj_CountObjects(holder) if is_form else pdfium.FPDFPage_CountObjects(holder)
        for index in range(min(count, _MAX_OBJECTS - seen)):
            item = (
                pdfium.FPDFFormObj_GetObject(holder, index)
                if is_form
                else pdfium.FPDFPage_GetObject(holder, index)
            )
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind in wanted:
                yield kind, item, outer
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                waiting.append((item, True, _matrix(item) @ outer, depth + 1))
        seen += max(0, count)


def _matrix(item: Any) -> _Matrix:
    pdfium = _kinds()
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found))
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _bounds(item: Any) -> Box:
    """Return left, bottom, right, top of an object in its holder."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    _kinds().FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _framed(bounds: Box, outer: _Matrix, frame: Frame) -> Box:
    corners = [outer.apply(x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return frame.place(min(across), min(down), max(across), max(down))


def _edges(path: Any, outer: _Matrix, frame: Frame) -> Iterator[Edge]:
    """Yield the straight lines of a path: its own where it is stroked, the sides of an area it fills.

    A thin area is one line, however it was filled.
    """
    box = _framed(_bounds(path), outer, frame)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= _THIN:
        if max(wide, high) > _THIN and _is_visible(path):
            yield _thin(box)
        return
    if _is_visible(path):
        yield from _sides(path, _matrix(path) @ outer, frame)


def _is_visible(path: Any) -> bool:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    _kinds().FPDFPath_GetDrawMode(path, filled, stroked)
    return bool(filled.value or stroked.value)


def _thin(box: Box) -> Edge:
    """Return the middle line of a narrow box."""
    if box[2] - box[0] > box[3] - box[1]:
        middle = (box[1] + box[3]) / 2
        return Edge(box[0], middle, box[2], middle)
    middle = (box[0] + box[2]) / 2
    return Edge(middle, box[1], middle, box[3])


def _sides(path: Any, matrix: _Matrix, frame: Frame) -> Iterator[Edge]:
    pdfium = _kinds()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.apply(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(here, point, frame)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start, frame)


def _straight(one: tuple[float, float], other: tuple[float, float], frame: Frame) -> Iterator[Edge]:
    box = frame.place(
        min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    )
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= _STRAIGHT < max(wide, high):
        yield _thin(box)
