"""The event from which a time limit is counted: 受理之日起, 验收后, 印发之日起."""

from __future__ import annotations

import re

_REACH = 60
"""How far back the event of a duration is looked for; longer ones were not met."""
_EVENT = r"(?P<event>[^，,。；;：:\n\t]{1,40}?)"
_SINCE = re.compile(
    rf"{_EVENT}(?:之日|当日|之时|次日)起(?:计算|算起)?(?P<who>[，,][^，,。；;\n\t]{{0,14}})?$"
)
_AFTER = re.compile(rf"{_EVENT}(?:之后|以后|后|之前|前)[，,]?的?(?:在|于)?(?:原则上)?$")
_NO_EVENT = re.compile(r"[0-9０-９日月年底]$")
_LEAD_INS = (
    r"(?=自(?![然主动身愿由治建己查用有行助来贸费筹住]))",  # 自 begins the event itself
    r"按照?(?![时期])",
    r"[由或凡]",
    r"(?<![许认])可(?![能用行])",
    r"(?<![存现所正])在(?![线建册地编校岗职场])",
    r"于(?!是)",
    r"应当?(?![急用])",
    r"须",
    r"要(?![素件求点闻])",
    r"将(?!来)",
    r"并(?![网联])",
    r"各(?:部门|单位|地区|地|级)",
    r"(?:延期|延长|延迟|推迟|顺延)[至到]",
    r"[（(](?=[^（）()]*$)",  # a bracket that is not closed
)
_LEAD_IN = re.compile(f".*(?:{'|'.join(_LEAD_INS)})")
_DOCUMENT = "(?:方案|通知|意见|办法|细则|措施|政策|要点|文件|规定|计划|清单|举措|文)"
_ISSUED = "(?:正式)?(?:印发|下发|发布|公布|发文|出台|发出|颁布)"
_THIS = rf"[本该此]\w{{0,4}}{_DOCUMENT}"
_OWN_ISSUE = re.compile(
    rf"[自从]?(?:{_THIS}|本?{_DOCUMENT}?){_ISSUED}(?:之日|当日|次日)起|{_THIS}{_ISSUED}之?后"
)
_SINCE_THIS = re.compile(rf"[自从]{_THIS}(?={_ISSUED}$)")


def event_before(text: str, position: int, lower: int) -> int | None:
    """Return where the event begins that a duration at `position` is counted from, None when none is named.

    Words of the sentence around the event are left out, and so is 自本方案 before 印发之日起, which says no
    more. Nothing before `lower` is looked at.
    """
    begin = max(lower, position - _REACH)
    before = text[begin:position]
    since = _SINCE.search(before)
    if since:
        return begin + since.start("event") + _skipped(since["event"], whole=since["who"] is None)
    after = _AFTER.search(before)
    if after and not _NO_EVENT.search(after["event"]):
        return begin + after.start("event") + _skipped(after["event"], whole=False)
    return None


def _skipped(event: str, whole: bool) -> int:
    """Return how many code points before the event's own words belong to the sentence around it."""
    lead_in = _LEAD_IN.match(event)
    skipped = lead_in.end() if lead_in and lead_in.end() < len(event) - 1 else 0
    this = _SINCE_THIS.match(event, skipped) if whole else None
    return this.end() if this else skipped


def counted_from_issue(words: str) -> bool:
    """Tell whether a limit counts from the day of the document itself: 本方案印发之日起1个月内."""
    return _OWN_ISSUE.match(words) is not None
