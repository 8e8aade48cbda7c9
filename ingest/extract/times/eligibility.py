"""Times that only say to whom or to what something applies: 对2020年底前建成的小区.

Such a time binds nobody. It is told by where the describing 的 stands, not by the kind of the time.
"""

from __future__ import annotations

import re

from corpus.spans import Span
from ingest.extract.patterns import word_pattern

_REACH = 60
"""So many code points around a time are looked at."""
_STOP = re.compile(r"[。；;！？\n\t]")
_COMMA = re.compile(r"[，,：:（(）)]")
_PICKS_OUT = re.compile(
    r"(?:[^，,]{0,8}(?:，|,))?(?:是)?(?:对(?![照标接外内])于?|针对|凡是?|属于|符合|根据|按照?(?![期时])|公布|如果?|若)"
)
_CLOSED = re.compile(r"的(?!期间)")
_MODIFIES = re.compile(r"[^。；;\n]{0,40}?的")
_PART = rf"(?:{word_pattern('past_participles')}|{word_pattern('planned')})"
_DESCRIBES = re.compile(rf"(?:新|重新|首次|已|尚未|未|正式|全部)?{_PART}的(?!时间|要求|目标|原则|方式)")
_ENDS_CLAUSE = re.compile(r"[^，,。；;：:\n\t]{0,40}?的[，,（(]")
_NEXT_ENDS_CLAUSE = re.compile(
    r"[，,][^，,。；;：:\n\t]{2,30}的"
    rf"(?:[^，,。；;：:\n\t的]{{0,6}}{word_pattern('beneficiaries', place='noun')})?[，,]"
)
_IF_MET = re.compile(r"[^。；;\n]{2,50}符合[^，,。；;\n]{0,8}的[，,]?(?:可|给予|予以|按)")
_GRANTED = re.compile(r"[^，,。；;：:\n\t]{2,30}?(?:即|均)?可(?:给予|享受|申请|按)")
_PAID_BACK = re.compile(r"[^，,。；;：:\n\t]{0,6}?(?:借款|贷款|本息|本金)?(?:归还|偿还|还清|还款)")
_MAY = re.compile(
    r"[^，,。；;：:\n\t]{0,10}?可以?(?![靠行持])|[，,]?(?:免征?|减免|减按|给予|予以|享受|扣减|抵扣|不限)"
)
_ALLOWED = re.compile(r"(?:可以?|可约定|允许|准予)[在于自]?$")
_JOINED = re.compile(r"(?:且|并)(?:在|于)?$")
_WHO = re.compile(
    rf"(?:在[^，,。；;：:\n\t]{{1,8}}?)?(?:新|首次|重新|已)?{word_pattern('beneficiaries', place='act')}"
    r"[^，,。；;：:\n\t]{0,24}的[^，,。；;：:\n\t的]{0,6}"
    rf"{word_pattern('beneficiaries', place='noun')}[，,可予给按由享每适对和及、]"
)
_ASIDE = re.compile(r"[（(][^（）()]{1,40}[）)]|[）)]")
_AGREED = re.compile(r"(?:合同|协议)约定|未能?(?:[在于])?$")
_NOT_DONE = re.compile(r"(?:原则上)?(?:(?:仍|尚|还)?未(?!来)|尚|仍(?!需)|不(?:予|得|再|能|可|低于|超过))")
_COUNTS_BACK = re.compile(r"前[0-9一二三四五六七八九十]{1,3}个?(?:日|天|周|月|年)(?:之|以)?内$")
_IN_MIDDLE = re.compile(r"[，,][在于]$")
_ATTRIBUTE = re.compile(r"的$")


def tells_a_case(text: str, whole: Span, within: Span) -> bool:
    """Tell whether the time at `whole` describes whom or what something applies to.

    Only the sentence around it inside `within` is looked at.
    """
    before = _STOP.split(text[max(within.start, whole.start - _REACH) : whole.start])[-1]
    after = _STOP.split(text[whole.end : min(within.end, whole.end + _REACH)])[0]
    clause = _COMMA.split(before)[-1].strip()
    aside = _ASIDE.match(after)
    return bool(
        _picks_out(clause, after)
        or _DESCRIBES.match(after)
        or _ENDS_CLAUSE.match(after)
        or _NOT_DONE.match(after)
        or _AGREED.search(clause)
        or _WHO.match(after, aside.end() if aside else 0)
        or _IF_MET.match(after)
        or _GRANTED.match(after)
        or _is_joined(clause, after)
        or (_COUNTS_BACK.search(whole.of(text)) and _NEXT_ENDS_CLAUSE.match(after))
        or (_IN_MIDDLE.search(before) and _NEXT_ENDS_CLAUSE.match(after))
    )


def tells_a_right(text: str, whole: Span, within: Span) -> bool:
    """Tell whether something is allowed in a stretch of time: 签订之日起5年内承租人可以…, 可在1年内缴纳.

    By when those who are supported pay back (15年内完成借款归还) binds none of those who carry out the plan.
    """
    before = text[max(within.start, whole.start - 8) : whole.start]
    allowed = _ALLOWED.search(before) is not None or _MAY.match(text, whole.end, within.end) is not None
    return allowed or _PAID_BACK.match(text, whole.end, within.end) is not None


def is_attribute(clause: str) -> bool:
    """Tell whether the words before a time make it the attribute of what follows: 申报的2024年投资."""
    return _ATTRIBUTE.search(clause) is not None


def _picks_out(clause: str, after: str) -> bool:
    """Tell whether 对 or 凡 opens the clause and its 的 comes only after the time."""
    opening = _PICKS_OUT.match(clause)
    return bool(opening and not _CLOSED.search(clause, opening.end()) and _MODIFIES.match(after))


def _is_joined(clause: str, after: str) -> bool:
    """Tell whether the time is a further condition: 并在售后一年内，重新购房的."""
    return _JOINED.search(clause) is not None and _NEXT_ENDS_CLAUSE.match(after) is not None
