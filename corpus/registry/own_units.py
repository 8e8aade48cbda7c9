"""Names of units that users add, with their other names: a table of their own, which wins over the registry.

The table is `units.tsv` in the folder of the library: UTF-8 (UTF-16 and GBK, as spreadsheet programs write
them, are read too), one unit a line, cells parted by tabs, under the heads 全称, 别名, 类别 and 说明. The
别名 are parted by 、 or spaces; 类别 is 单位 or 组 (a group such as 六城区), 单位 when empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from corpus.brackets import split_outside_brackets
from corpus.errors import UserError
from corpus.user_tables import text_of, write_whole

HEADS = ("全称", "别名", "类别", "说明")
GROUP, SINGLE = "组", "单位"
LONGEST = 60
"""Code points of a name at most."""
_NOTE = "# 自定义单位：全称、别名（用顿号隔开）、类别（单位或组）、说明。改动在下次提取时生效。"
_BETWEEN = "、，,；; "
_ONE_WIDTH = str.maketrans("（）〔〕［］", "()()()")
_KEPT_OUT = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit as a user names it."""

    name: str
    """The full name, shown as `canonical`."""
    aliases: tuple[str, ...] = ()
    """Other names as documents write them."""
    group: bool = False
    """True for a name that stands for several units."""
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the full name and the others."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class OwnUnits:
    """The units of one table as a lookup."""

    by_key: dict[str, OwnUnit] = field(default_factory=dict)

    def find(self, name: str) -> OwnUnit | None:
        """Return the unit that bears a name, white space and quotes aside; None for other names."""
        return self.by_key.get(name_key(name)) if self.by_key else None


def name_key(name: str) -> str:
    """Return what two writings of a name have in common."""
    return re.sub(r"[\s“”\"]", "", name).translate(_ONE_WIDTH)


def load_own_units(path: Path) -> tuple[OwnUnit, ...]:
    """Return the units of a table in the order of its lines; () where there is no such file.

    Raises:
        UserError: when a line cannot be read; the message tells which, and what to do.
    """
    if not path.exists():
        return ()
    try:
        units = parse_own_units(_text(path))
        _refuse(units)
    except UserError as error:
        raise UserError(f"{path.name}：{error}") from error
    return units


def parse_own_units(text: str, known: Iterable[OwnUnit] = ()) -> tuple[OwnUnit, ...]:
    """Return the units of lines as a table or spreadsheet has them; heads, notes and empty lines are none.

    What a line has no cells for is as with the `known` unit of its name.

    Raises:
        UserError: when a line cannot be read; the message tells which, and what to do.
    """
    before = {name_key(unit.name): unit for unit in known}
    lines = ((number, line.split("\t")) for number, line in enumerate(text.splitlines(), start=1))
    return tuple(
        _unit(number, [cell.strip() for cell in cells], before)
        for number, cells in lines
        if any(map(str.strip, cells)) and not cells[0].startswith("#") and cells[0].strip() != HEADS[0]
    )


def save_own_units(path: Path, units: Sequence[OwnUnit]) -> None:
    """Write the table anew, at once or not at all; the folder must exist.

    Raises:
        UserError: when `faults` finds something; nothing is written then.
    """
    _refuse(units)
    text = as_text(units)
    read = parse_own_units(text)
    if changed := next((one for one, other in zip_longest(units, read) if one != other and one), None):
        raise UserError(f"“{changed.name}”这一行里有不能保存的特殊字符，请改正后再试。")
    write_whole(path, text)


def as_text(units: Iterable[OwnUnit]) -> str:
    """Return the table as the text of its file."""
    return "\n".join([_NOTE, "\t".join(HEADS), *map(_line, units)]) + "\n"


def parse_aliases(words: str) -> tuple[str, ...]:
    """Return the names that are written in one cell, each once; separators inside brackets part none."""
    return tuple(dict.fromkeys(split_outside_brackets(words, _BETWEEN)))


def faults(units: Iterable[OwnUnit]) -> tuple[str, ...]:
    """Return what is wrong with units, in words for the user; () when nothing is.

    A name stands for one unit only, is neither empty nor longer than `LONGEST`, and holds no tab or line end.
    """
    found: list[str] = []
    owners: dict[str, OwnUnit] = {}
    for unit in units:
        for name in unit.names:
            found += _faults_of_name(name)
            owner = owners.setdefault(name_key(name), unit)
            if owner is not unit:
                found.append(_stands_twice(name, owner, unit))
        if _KEPT_OUT.search(unit.note):
            found.append(f"“{unit.name}”的说明里有换行或制表符，请改为一行。")
    return tuple(found)


def follow_own_units(path: Path | None) -> OwnUnits:
    """Let this process read names by the table at `path`, read anew when the file has changed; None for none.

    Raises:
        UserError: when the table cannot be read; the one read before stays in force.
    """
    stamp = _stamp(path)
    if (path, stamp) != (_followed.path, _followed.stamp):
        units = load_own_units(path) if path is not None and stamp is not None else ()
        _followed.units = OwnUnits({name_key(name): unit for unit in units for name in unit.names})
        _followed.path, _followed.stamp = path, stamp
    return _followed.units


def own_unit(name: str) -> OwnUnit | None:
    """Return the unit that the table in force knows by a name, None when it knows none."""
    return _followed.units.find(name)


@dataclass(slots=True)
class _Followed:
    """The table in force in this process."""

    path: Path | None = None
    stamp: tuple[int, int] | None = None
    units: OwnUnits = OwnUnits()


_followed = _Followed()


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Return what changes when a file does, None where there is none."""
    if path is None:
        return None
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size


def _text(path: Path) -> str:
    try:
        return text_of(path.read_bytes(), "strict")
    except UnicodeDecodeError as error:
        raise UserError("文件不是文本，请用 UTF-8 编码保存后再试。") from error


def _unit(number: int, cells: Sequence[str], known: Mapping[str, OwnUnit]) -> OwnUnit:
    unit = known.get(name_key(cells[0]), OwnUnit(cells[0]))
    kind = cells[2] if len(cells) > 2 else ""
    if kind not in ("", GROUP, SINGLE):
        raise UserError(f"第 {number} 行：类别“{kind}”不认识，请填“{SINGLE}”或“{GROUP}”。")
    return OwnUnit(
        cells[0],
        parse_aliases(cells[1]) if len(cells) > 1 else unit.aliases,
        kind == GROUP if len(cells) > 2 else unit.group,
        cells[3] if len(cells) > 3 else unit.note,
    )


def _line(unit: OwnUnit) -> str:
    return "\t".join([unit.name, "、".join(unit.aliases), GROUP if unit.group else SINGLE, unit.note])


def _refuse(units: Iterable[OwnUnit]) -> None:
    if found := faults(units):
        raise UserError(found[0])


def _stands_twice(name: str, first: OwnUnit, second: OwnUnit) -> str:
    if name_key(first.name) == name_key(second.name):
        return f"“{first.name}”写了两行，请合并成一行。"
    return f"“{name}”同时属于“{first.name}”和“{second.name}”，请只保留一处。"


def _faults_of_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "有一行没有填全称，请补上或删去这一行。"
    elif len(name) > LONGEST:
        yield f"“{name[:12]}…”超过 {LONGEST} 个字，请检查是否漏了分隔符。"
    elif name.startswith("#") or name == HEADS[0]:
        yield f"全称不能是“{name}”，请换一个。"
    elif _KEPT_OUT.search(name):
        yield f"“{name[:12]}”里有换行或制表符，请去掉。"
