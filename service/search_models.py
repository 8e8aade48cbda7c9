"""The models that search uses: what the office chose, tried before it is stored, and how far it has come."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.errors import TaizhangError, UserError
from service.background.workers import LostError, WorkerPool
from service.settings import Settings, SettingsBook, check

if TYPE_CHECKING:
    from index.following.renewal import RenewalState
    from index.models.choice import ModelChoice

KEYS = ("encoder", "encoder_key", "reranker", "reranker_key")
"""Settings that choose models."""
TRIAL_LIMIT = 180.0
"""Seconds that loading and trying a model may take; a large one on a slow disk takes a minute or two."""
SAMPLES = (
    "安澜市水利局牵头，望川县人民政府配合，汛期前完成河道清淤和堤防加固。",
    "社区养老服务驿站为高龄、失能老人提供助餐、助浴服务，符合条件的给予补贴。",
    "缴存职工无自有住房且租赁住房的，可以提取住房公积金支付房租。",
    "尾矿库企业落实安全管理责任，汛期每日巡查，发现隐患立即整改。",
) * 2
QUESTION = "老人吃饭有补助吗"
TOO_SLOW = "模型在三分钟内没有准备好，没有保存；请换一个小一些的模型。"
LOST = "载入模型时进程意外退出，可能内存不够，没有保存；请换一个小一些的模型。"
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model did with some sample passages."""

    per_second: float
    """Passages; measured on a few, so roughly."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the vectors stand."""

    wanted: str
    """Full name of the encoder that the office chose."""
    in_use: str
    """Of the one that made the vectors in use; "" while there are none."""
    renewal: RenewalState | None
    """How far the vectors of the wanted one have come; None where none are being made."""
    fault: str
    """Why they could not be made, in words for the user; "" where nothing is wrong."""


class SearchModels:
    """Chooses models. All methods may be called from any thread."""

    def __init__(self, settings: SettingsBook, pool: WorkerPool) -> None:
        self._settings = settings
        self._pool = pool

    def chosen(self) -> ModelChoice:
        """Return the models that the environment names, else those of the settings."""
        return chosen_models(self._settings.read())

    def write(self, values: Mapping[str, Any], by: str) -> dict[str, Trial]:
        """Change settings, some of which choose models; those are tried first.

        Returns what the models did, by the name of their setting.

        Raises:
            UserError: when a value will not do or a model cannot be used; then nothing was changed.
        """
        check(values)
        wanted = _with_keys(values, self._settings.read())
        trials = {}
        for kind, attempt in (("encoder", try_encoder), ("reranker", try_reranker)):
            if wanted.get(kind):
                arguments = wanted[kind], wanted[f"{kind}_key"] or ""
                trials[kind] = _outcome(self._pool.run(attempt, *arguments, time_limit=TRIAL_LIMIT))
        self._settings.write(wanted, by)
        return trials


def _with_keys(values: Mapping[str, Any], now: Settings) -> dict[str, Any]:
    """Return `values` with model and key where one of both is among them.

    A key belongs to its address: another model that comes without one has none.
    """
    wanted = dict(values)
    for kind in ("encoder", "reranker"):
        key, known = f"{kind}_key", getattr(now, kind)
        if kind not in values and key not in values:
            continue
        wanted.setdefault(kind, known)
        wanted.setdefault(key, getattr(now, key) if wanted[kind] == known else None)
    return wanted


def chosen_models(settings: Settings) -> ModelChoice:
    """Return the models that the environment names, else those of the settings.

    A key belongs to the address that stands beside it: that of the settings is never sent to another.
    """
    from index.models.choice import ModelChoice, chosen_by_environment

    named = chosen_by_environment()
    encoder, reranker = (
        ((named.encoder, named.encoder_key) if named.encoder else (settings.encoder, settings.encoder_key)),
        (
            (named.reranker, named.reranker_key)
            if named.reranker
            else (settings.reranker, settings.reranker_key)
        ),
    )
    return ModelChoice(*encoder, *reranker)


def fixed_by_environment() -> frozenset[str]:
    """Return which of "encoder" and "reranker" the environment names, so that settings do not count."""
    from index.models.choice import ENCODER, RERANKER

    named = {"encoder": ENCODER, "reranker": RERANKER}
    return frozenset(kind for kind, variable in named.items() if os.environ.get(variable))


def try_encoder(name: str, key: str) -> Trial:
    """Load an encoder in this process and encode a few passages.

    Raises:
        UserError: when it cannot be used.
    """
    from index.models.choice import full_name, load_encoder

    encoder = load_encoder(full_name(name), key)
    encoder.encode_query(QUESTION)
    begun = perf_counter()
    encoder.encode(SAMPLES)
    return Trial(len(SAMPLES) / (perf_counter() - begun))


def try_reranker(name: str, key: str) -> Trial:
    """Load a reranker in this process and let it score a few passages.

    Raises:
        UserError: when it cannot be used.
    """
    from index.models.choice import full_name, load_reranker
    from index.rerankers.base import RerankError

    reranker = load_reranker(full_name(name), key)
    begun = perf_counter()
    try:
        reranker.scores(QUESTION, SAMPLES, TRIAL_LIMIT)
    except RerankError as error:
        raise UserError(
            f"重排模型没有给出可用的结果（{error}）：请检查地址、模型名、密钥和服务是否在运行。"
        ) from error
    return Trial(len(SAMPLES) / (perf_counter() - begun))


def _outcome(future: Future[Result]) -> Result:
    """Return the result of a trial.

    Raises:
        UserError: for whatever kept it from one.
    """
    try:
        return future.result()
    except UserError:
        raise
    except TimeoutError as error:
        raise UserError(TOO_SLOW) from error
    except LostError as error:
        raise UserError(LOST) from error
    except TaizhangError:
        raise
    except Exception as error:  # a model that somebody brings may raise anything
        raise UserError(f"模型不能使用（{type(error).__name__}），没有保存；请换一个模型。") from error
