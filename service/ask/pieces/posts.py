"""Who holds a post: 由县长担任组长, 组长由县长担任, 总指挥：县长."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.spans import Span

_POST = (
    "总?[河湖路林田链街]长|总指挥|副?指挥长|副?组长|副?总?召集人|副?理事长|副?会长|副?主任|副?主席|秘书长|联络员"
    "|总负责人"
)
_TAKES = "担任|兼任|出任|当|任|做"
_ASKS_POST = re.compile(
    rf"(?P<post>{_POST})(?:是|由|为)?(?:谁|哪[一]?[位个]|什么人)|(?:谁|哪[一]?[位个]|什么人)(?:来)?(?:{_TAKES}|是)[^，,。？?]{{0,12}}?(?P<of>{_POST})"
)
_HOLDER = "(?P<holder>[^，,。；;：:、由]{2,30}?)(?:同志)?"


def post_asked(question: str) -> str:
    """Return the post of which a question asks who holds it; "" where it asks for none."""
    found = _ASKS_POST.search(question)
    return (found["post"] or found["of"]) if found else ""


def holders(sentence: str, question: str) -> Iterator[tuple[Span, str]]:
    """Yield who a sentence gives the post that the question asks about, with the stretch that names them."""
    post = post_asked(question)
    if not post:
        return
    for words in (
        rf"由{_HOLDER}(?:{_TAKES}|为)(?<!副){post}",
        rf"(?<!副){post}[，,]?由{_HOLDER}(?:{_TAKES})",
        rf"(?<!副){post}(?:为|[：:])[ ]?{_HOLDER}(?=[，,。；;、\s（(]|$)",
    ):
        for found in re.finditer(words, sentence):
            yield Span(*found.span("holder")), found["holder"].strip()
