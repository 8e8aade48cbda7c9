"""To whom something is handed in: 报送市水利局规划处 for 报给哪个处."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span
from service.ask.fitting.matching import document_words

_ASKS = re.compile(
    r"(?P<deed>报送|上报|申报|提交|递交|反馈|移交|推送|抄送|寄送|交|送|报|寄)(?P<way>给|到|至)[^，,。？?]{0,16}?"
    r"(?:谁|哪[一几]?[个家些]?(?:单位|部门|机构|中心|公司|局|厅|委|办|处|科|室))"
)
_UNIT = r"(?:给|到|至|往)?(?P<unit>[^，,。；;：:、（(]{3,40}?)(?=[，,。；;、（(]|$|备案|汇总|审[核批查]|批准)"


def asks_destination(question: str) -> bool:
    """Tell whether a question asks to whom something is handed in."""
    return _ASKS.search(question) is not None


def destinations(sentence: str, question: str) -> Iterator[tuple[Span, str]]:
    """Yield to whom a sentence has something handed in, with where it says so; perhaps no units."""
    asked = _ASKS.search(question)
    if asked is None:
        return
    known = document_words()
    deeds = {asked["deed"], *(word for key in _keys(asked) for word in known.get(key, ()))}
    written = "|".join(sorted(map(re.escape, deeds), key=len, reverse=True))
    for found in re.finditer(f"(?:{written}){_UNIT}", sentence):
        yield Span(*found.span("unit")), found["unit"]


def _keys(asked: re.Match[str]) -> tuple[str, str]:
    return asked["deed"], asked["deed"] + asked["way"]
