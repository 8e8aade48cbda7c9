from __future__ import annotations

import pytest

from corpus.registry.regions import places_below
from service.dispatch.sharing import rows_without_unit, share_out
from tests.service.dispatch.builders import record, unit

WATER = unit("市水利局", canonical="安澜市水利局")


def shares(*records, **more):
    return {
        share.unit: [(part.task, part.role) for part in share.parts] for share in share_out(records, **more)
    }


def test_names_of_one_unit_share_a_sheet_with_the_strongest_role_of_each_row():
    other = record("t2", "巡查", unit("安澜市水利局", "cooperate"), WATER, due="2026-11-30")
    later = record("t1", "清淤", WATER, due="2026-12-31")
    help_out = record("t3", "绿化", unit("市水利局", "cooperate"), unit("市林业局"))
    assert shares(later, other, help_out) == {
        "安澜市水利局": [("t2", "lead"), ("t1", "lead"), ("t3", "cooperate")],
        "市林业局": [("t3", "lead")],
    }


def test_a_name_means_the_unit_of_its_own_document():
    one = record("t1", "清淤", unit("县水利局", canonical="望川县水利局"), document="d1")
    two = record("t2", "清淤", unit("县水利局"), document="d2")
    assert set(shares(one, two)) == {"望川县水利局", "县水利局"}


@pytest.mark.parametrize(
    "spread, units",
    [(True, {"望川县人民政府", "白鹭区人民政府"}), (False, {"各县区"})],
)
def test_groups_give_their_rows_to_members_that_are_known(spread, units):
    group = unit("各县区", "responsible", group=True, members=["望川县人民政府", "白鹭区人民政府"])
    assert set(shares(record("t1", "排查", group), spread=spread)) == units


def test_the_registry_knows_who_the_counties_of_a_place_are():
    group = unit("各县（区）人民政府", "responsible", group=True)
    found = shares(record("t1", "排查", group), regions={"d1": "汉中市"})
    assert set(found) == {place.name for place in places_below("汉中市")} and "城固县" in found
    assert set(shares(record("t1", "排查", group), regions={"d1": "安澜市"})) == {"各县（区）人民政府"}


def test_cooperating_may_be_left_out_and_rows_of_nobody_are_told():
    row = record("t1", "清淤", unit("市水利局", "cooperate"))
    assert shares(row, cooperating=False) == {}
    assert rows_without_unit([row, record("t2", "巡查", WATER)]) == [row]
