"""Lets a configured language model word an answer, and keeps of its text only what the citations support.

The model is any server inside the office that speaks the protocol of OpenAI's chat completions. It never
finds an answer: it is given one, with the passages it rests on, and may only say it in sentences.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.errors import TaizhangError
from corpus.records import JsonObject
from service.ask.claims import unsupported
from service.ask.questions.question import Kind
from service.ask.result import Answer
from service.verify.facts import told

log = logging.getLogger(__name__)

SECONDS = 30.0
"""How long a model may take."""
LONGEST_WORDING = 2_000
MOST_BYTES = 1_000_000
"""What a server may send; more is no answer to one question."""
_THOUGHTS = re.compile("<think>.*?(?:</think>|$)", re.DOTALL)
"""What models that think aloud write before the answer itself."""
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]?")
_INSTRUCTIONS = (
    "你为政府办公人员措辞。只根据给出的答案和原文，用一到三句通顺的书面语回答问题；"
    "不得增加原文没有的数字、日期、单位、文件名和判断；原文没有的就不要说。只输出回答本身。"
)


class ModelError(TaizhangError):
    """The configured model could not be reached, or answered something that is no answer."""


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """Where a language model is reached. The key never stands in logs or in the text of this object."""

    address: str
    """Up to and with the version: http://127.0.0.1:11434/v1."""
    model: str
    key: str = ""

    def __repr__(self) -> str:
        return f"ModelAddress({self.address!r}, {self.model!r})"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence of the model that states what no citation supports."""

    sentence: str
    reason: str
    """What is not supported, in words for the user."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An answer as the model worded it, as far as the citations support it."""

    text: str
    """The sentences kept, "" where none was."""
    dropped: tuple[Dropped, ...] = ()

    def record(self) -> JsonObject:
        """Return the wording as public JSON."""
        return {
            "text": self.text,
            "dropped": [{"sentence": item.sentence, "reason": item.reason} for item in self.dropped],
        }


def word(answer: Answer, model: ModelAddress) -> Wording | None:
    """Return the answer in the model's words; None where there is no answer to word.

    Raises:
        ModelError: when the model cannot be reached or does not answer as it should.
    """
    if answer.kind is Kind.NONE or not answer.citations:
        return None
    return checked(chat(_messages(answer), model), answer)


def checked(text: str, answer: Answer) -> Wording:
    """Return the sentences of `text` whose facts all stand in the answer's sources; the others are told."""
    sources = _sources(answer)
    kept, dropped = [], []
    for sentence in _SENTENCE.findall(_THOUGHTS.sub("", text)):
        faults = unsupported(sentence, sources)
        if faults:
            dropped.append(Dropped(sentence.strip(), f"原文没有{told(faults)}"))
        else:
            kept.append(sentence)
    return Wording("".join(kept).strip(), tuple(dropped))


def _sources(answer: Answer) -> list[str]:
    """Return what the wording may draw on: the citations with their headings, the answer, and its rows.

    The question is none: what it supposes (那500万元由谁发放) may be wrong.
    """
    cited = [" ".join((item.title or "", *item.section, item.quote)) for item in answer.citations]
    count = f"{answer.answer}项" if answer.kind is Kind.COUNT else answer.answer or ""
    return [*cited, count, *answer.items]


def _messages(answer: Answer) -> list[dict[str, str]]:
    quotes = "\n".join(
        f"〔{number}〕{item.title or item.source}：{item.quote}"
        for number, item in enumerate(answer.citations, 1)
    )
    found = answer.answer or "、".join(answer.items)
    asked = f"问题：{answer.question}\n答案：{found}\n原文：\n{quotes}"
    return [{"role": "system", "content": _INSTRUCTIONS}, {"role": "user", "content": asked}]


def chat(messages: list[dict[str, str]], model: ModelAddress) -> str:
    """Return what the model answers to some messages, cut at `LONGEST_WORDING`.

    Raises:
        ModelError: when the model cannot be reached or does not answer as it should.
    """
    import httpx  # only an office with a model pays for it

    headers = {"Authorization": f"Bearer {model.key}"} if model.key else {}
    body = {"model": model.model, "messages": messages, "temperature": 0, "stream": False}
    try:
        # The address is inside the office; a proxy would carry the text out.
        with (
            httpx.Client(timeout=SECONDS, trust_env=False) as client,
            client.stream(
                "POST", f"{model.address.rstrip('/')}/chat/completions", json=body, headers=headers
            ) as reply,
        ):
            reply.raise_for_status()
            return _content(_read(reply.iter_bytes(), reply.headers.get("content-type", "")))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, RecursionError) as error:
        log.warning("the model at %s did not answer: %s", model.address, type(error).__name__)
        raise ModelError(f"语言模型没有正常应答，请在设置中检查地址 {model.address} 和模型名称。") from error


def _read(chunks: Iterable[bytes], kind: str) -> Any:
    """Return what a server sends: one JSON value, or the last state of one that it sends piece by piece.

    Raises:
        ValueError: when it sends too much, for too long, or no JSON.
    """
    until, sent = time.monotonic() + SECONDS, b""
    for chunk in chunks:
        sent += chunk
        if len(sent) > MOST_BYTES or time.monotonic() > until:
            raise ValueError("too much or too slow")
    return _joined(sent) if kind.startswith("text/event-stream") else json.loads(sent)


def _joined(sent: bytes) -> Any:
    """Return the completion that a server sends in pieces, though none were asked for.

    Raises:
        ValueError: when a piece is none.
    """
    lines = (line.removeprefix("data:").strip() for line in sent.decode().splitlines())
    try:
        deltas = [json.loads(line)["choices"][0]["delta"] for line in lines if line.startswith("{")]
        words = "".join(delta.get("content") or "" for delta in deltas)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError("no piece of a chat completion") from error
    return {"choices": [{"message": {"content": words}}]}


def _content(reply: Any) -> str:
    """Return the text of a chat completion.

    Raises:
        ValueError: when it is none.
    """
    try:
        content = reply["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("no chat completion") from error
    if not isinstance(content, str):
        raise ValueError("no text in the chat completion")
    return content[:LONGEST_WORDING]
