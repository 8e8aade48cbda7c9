"""Made-up documents in any number, put together from real sentences, to measure how a large library behaves.

What they say makes no sense; their words are as frequent, and as often together, as in what they are made of.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.document import Block, BlockKind, Document, Header
from corpus.errors import UserError
from corpus.spans import Span
from corpus.store.rows import NewDocument
from corpus.task import Extraction

PASSAGES_EACH = 20
"""Passages of a document."""
LEAST, MOST = 120, 400
"""Characters of a passage."""
NARROW, NARROWEST = "浙江省", "海南省"
"""Places of 2 and of 0.1 per cent of the documents, to filter by."""
OTHERS = ("江苏省", "河南省", "四川省", "甘肃省", "湖北省", "广东省", "山东省", "陕西省", "辽宁省", "云南省")
KINDS = ("通知", "实施方案", "意见", "办法", "工作要点", None, None, None)
NO_DATE = 0.5
"""Share of documents that do not tell their date."""
YEARS = (2008, 2026)
_SENTENCE = re.compile(r"[^。；！？\n]{12,140}[。；！？]")


@dataclass(frozen=True, slots=True)
class Sentences:
    """Real sentences to draw from."""

    texts: Sequence[str]

    @classmethod
    def of(cls, folder: Path) -> Sentences:
        """Return the sentences of the text files in `folder`, each once.

        Raises:
            UserError: when there are none.
        """
        found = dict.fromkeys(
            sentence.strip()
            for path in sorted(folder.glob("*.txt"))
            for sentence in _SENTENCE.findall(path.read_text("utf-8", errors="ignore"))
        )
        if not found:
            raise UserError(f"文件夹 {folder} 中没有可用的文本，请换一个放有 .txt 文件的文件夹。")
        return cls(tuple(found))

    def passage(self, chance: random.Random) -> str:
        """Return some sentences put together."""
        words = ""
        while len(words) < LEAST:
            words = (words + chance.choice(self.texts))[:MOST]
        return words


def made_up(sentences: Sentences, count: int, seed: int = 0) -> Iterator[NewDocument]:
    """Yield documents that have `count` passages together, rounded up to whole documents."""
    for number in range(-(-count // PASSAGES_EACH)):
        yield one_made_up(sentences, number, random.Random(f"{seed}-{number}"))


def one_made_up(sentences: Sentences, number: int, chance: random.Random) -> NewDocument:
    """Return the made-up document of that number."""
    title = chance.choice(sentences.texts)[:24].rstrip("，、。；")
    lines = [(BlockKind.TITLE, f"关于{title}的通知")]
    for place in range(1, PASSAGES_EACH + 1):
        lines.append((BlockKind.HEADING, f"{place}. {chance.choice(sentences.texts)[:12]}"))
        lines.append((BlockKind.PARAGRAPH, sentences.passage(chance)))
    text = ""
    blocks: list[Block] = []
    for kind, words in lines:
        heading = kind is BlockKind.HEADING
        above = len(blocks) - 1 if kind is BlockKind.PARAGRAPH else None
        blocks.append(Block(kind, Span(len(text), len(text) + len(words) + 1), int(heading), parent=above))
        text += f"{words}\n"
    source = f"{number:07d}.txt"
    header = Header(
        title=lines[0][1], doc_type=chance.choice(KINDS), date=_date(chance), region=_place(number)
    )
    return NewDocument(source, text.encode(), Document("", source, text, tuple(blocks), header), Extraction())


def _date(chance: random.Random) -> date | None:
    if chance.random() < NO_DATE:
        return None
    return date(chance.randint(*YEARS), chance.randint(1, 12), chance.randint(1, 28))


def _place(number: int) -> str:
    """Return the place of a document, so that exactly the shares wanted lie in the two narrow ones."""
    if number % 1000 == 7:
        return NARROWEST
    return NARROW if number % 50 == 3 else OTHERS[number % len(OTHERS)]
