"""设置—督办规则: which three colours, how many days ahead, how often to look again, whose clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nicegui import ui

from corpus.store.ledger.rules import Scheme
from service.accounts import Role
from service.pages.person import write

if TYPE_CHECKING:
    from service.library import Library

SCHEMES = {
    Scheme.RED_YELLOW_GREEN.value: "红黄绿：红色逾期，黄色将到期，绿色正常",
    Scheme.BLUE_YELLOW_RED.value: "蓝黄红：红色逾期，黄色将到期，蓝色正常",
}
ZONES = {"+08:00": "北京时间", "": "按这台电脑的时钟"}


def rules_part(library: Library) -> None:
    """Lay out the rules for the colours of the ledger."""
    values = library.settings.read()
    with ui.column().classes("settings-form gap-3"):
        ui.label(
            "颜色每天按日期计算，不用手工改。延期的任务按新时限算；没有日期的和长期坚持的任务不标颜色，按间隔复查。"
        ).classes("faint")
        scheme = ui.select(SCHEMES, value=values.colour_scheme, label="三色方案")
        blue = ui.color_input("正常（蓝黄红方案）", value=values.colour_blue, preview=True)
        blue.props("outlined dense").classes("colour-box")
        soon = ui.number("提前几天变黄", value=values.due_soon_days, min=0, max=365, precision=0)
        review = ui.number(
            "没有日期的任务每隔几天复查", value=values.review_days, min=1, max=3650, precision=0
        )
        zones = ZONES | {values.time_zone: ZONES.get(values.time_zone, values.time_zone)}
        zone = ui.select(zones, value=values.time_zone, label="按哪里的时间算“今天”")

        def wanted() -> dict[str, Any]:
            days = {"due_soon_days": _days(soon.value), "review_days": _days(review.value)}
            return {"colour_scheme": scheme.value, "colour_blue": blue.value, "time_zone": zone.value, **days}

        async def save() -> None:
            await write(
                library, lambda by: library.settings.write(wanted(), by), Role.ADMINISTRATOR, "已保存。"
            )

        ui.button("保存", on_click=save).props("dense").classes("self-start")


def _days(value: float | None) -> int | None:
    """Return what a box for days holds; None, which takes the usual number again, for an empty one."""
    return None if value is None else int(value)
