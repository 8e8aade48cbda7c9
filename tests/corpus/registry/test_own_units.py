"""Names that users add win over the registry."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import UserError
from corpus.registry.own_units import OwnUnit, faults, follow_own_units, load_own_units, save_own_units
from corpus.registry.units import canonical_unit, ends_like_unit, is_group

PORT = OwnUnit("安澜市栖霞港务集团有限公司", ("港务集团", "市港务"), note="2024年更名")
SIX = OwnUnit("六城区", ("主城六区",), group=True)
FINANCE = OwnUnit("安澜市财政金融局", ("市财政局",))


@pytest.fixture(autouse=True)
def nothing_followed() -> Iterator[None]:
    yield
    follow_own_units(None)


def table(folder: Path, *units: OwnUnit) -> Path:
    path = folder / "units.tsv"
    save_own_units(path, units)
    return path


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    assert load_own_units(table(tmp_path, PORT, SIX)) == (PORT, SIX)
    assert load_own_units(tmp_path / "none.tsv") == ()


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("港务集团", "安澜市栖霞港务集团有限公司"),
        ("市 港 务", "安澜市栖霞港务集团有限公司"),
        ("市财政局", "安澜市财政金融局"),
        ("主城六区", None),
        ("市水利局", "安澜市水利局"),
    ],
)
def test_own_names_win(tmp_path: Path, name: str, full: str | None) -> None:
    follow_own_units(table(tmp_path, PORT, SIX, FINANCE))
    assert canonical_unit(name, "安澜市") == full


def test_own_names_are_units_and_groups_as_the_table_says(tmp_path: Path) -> None:
    assert not ends_like_unit("市港务")
    follow_own_units(table(tmp_path, PORT, SIX))
    assert ends_like_unit("市港务")
    assert is_group("六城区")


def test_a_changed_table_is_read_anew_and_a_removed_one_forgotten(tmp_path: Path) -> None:
    path = table(tmp_path, FINANCE)
    follow_own_units(path)
    save_own_units(path, [PORT])
    follow_own_units(path)
    assert canonical_unit("市财政局", "安澜市") == "安澜市财政局"
    path.unlink()
    assert follow_own_units(path).find("港务集团") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_tables_of_spreadsheet_programs_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "units.tsv"
    path.write_text("全称\t别名\n安澜市水务集团\t水务集团 市水务集团\n", encoding=encoding)
    assert load_own_units(path) == (OwnUnit("安澜市水务集团", ("水务集团", "市水务集团")),)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([OwnUnit("")], "没有填全称"),
        ([OwnUnit("长" * 61)], "超过 60 个字"),
        ([OwnUnit("甲局"), OwnUnit("乙局", ("甲局",))], "同时属于"),
        ([OwnUnit("甲局", note="一\n二")], "说明里有换行"),
        ([OwnUnit("甲局", ("乙\t局",))], "换行或制表符"),
        ([PORT, SIX], ""),
    ],
)
def test_faults(units: list[OwnUnit], said: str) -> None:
    assert said in "".join(faults(units))
    assert bool(faults(units)) is bool(said)


def test_a_bad_table_is_refused_and_the_file_left_alone(tmp_path: Path) -> None:
    path = table(tmp_path, PORT)
    with pytest.raises(UserError):
        save_own_units(path, [OwnUnit("")])
    assert load_own_units(path) == (PORT,)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "units.tsv"
    path.write_text("全称\t别名\t类别\n甲局\t\t单位\n乙局\t\t别的\n", encoding="utf-8")
    with pytest.raises(UserError, match="第 3 行"):
        load_own_units(path)
