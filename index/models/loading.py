"""The models that an office chose, each loaded once, and not before it is needed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Generic, TypeVar

from corpus.errors import UserError
from index.encoders.base import Encoder
from index.encoders.static import built_in_encoder
from index.models.choice import (
    ADDRESSES,
    ModelChoice,
    chosen_by_environment,
    full_name,
    is_loadable,
    load_encoder,
    load_reranker,
)
from index.models.resting import Resting
from index.rerankers.base import Reranker

log = logging.getLogger(__name__)

Model = TypeVar("Model")
Chosen = Callable[[], ModelChoice]
Name = tuple[str, str]
"""The full name of a model, and the key of its service."""


class Models:
    """The models in use. Safe to use from threads."""

    def __init__(
        self,
        chosen: Chosen = chosen_by_environment,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        *,
        in_background: bool = False,
    ) -> None:
        """Use what `chosen` tells, which is asked again and again: a choice may change at any time.

        Args:
            chosen: tells what the office chose.
            encoder: takes the place of the chosen one, where given.
            reranker: the same.
            in_background: load models in a thread, and go without them meanwhile; for servers.
        """
        self._chosen = chosen
        self._given_encoder = encoder
        self._given_reranker = reranker
        self._encoders: Loader[Encoder] = Loader(in_background)
        self._rerankers: Loader[Reranker] = Loader(in_background)

    @property
    def wanted(self) -> str:
        """The name of the encoder that is to make the vectors."""
        return self._given_encoder.name if self._given_encoder else self._chosen().encoder_name

    def wanted_encoder(self) -> Encoder:
        """Return the encoder that is to make the vectors, loaded.

        Raises:
            UserError: when it cannot be, or is being loaded in the background.
        """
        encoder = self.encoder(self.wanted)
        if encoder is None:
            raise UserError("语义模型正在载入，请稍后再试。")
        return encoder

    def encoder(self, name: str) -> Encoder | None:
        """Return the encoder of that name; None while it is being loaded, or when it is of another program.

        Raises:
            UserError: when it cannot be loaded.
        """
        for known in (self._given_encoder, built_in_encoder()):
            if known is not None and known.name == name:
                return known
        if not is_loadable(name):
            return None
        choice = self._chosen()
        key = choice.encoder_key if choice.encoder_name == name else ""
        return self._encoders.get((name, key), lambda: load_encoder(name, key))

    def reranker(self) -> Reranker | None:
        """Return the reranker that is wanted; None where none is, or while it is being loaded.

        Raises:
            UserError: when it cannot be loaded.
        """
        if self._given_reranker is not None:
            return self._given_reranker
        choice = self._chosen()
        if not choice.reranker:
            return None
        name, key = full_name(choice.reranker), choice.reranker_key
        return self._rerankers.get((name, key), lambda: load_reranker(name, key))

    @property
    def reranks(self) -> bool:
        """Tell whether a reranker is wanted."""
        return self._given_reranker is not None or bool(self._chosen().reranker)


class Loader(Generic[Model]):
    """Loads models, each once."""

    def __init__(self, in_background: bool) -> None:
        self._in_background = in_background
        self._lock = Lock()
        self._loading: dict[Name, Future[Model]] = {}
        self._failed = Resting()

    def get(self, name: Name, load: Callable[[], Model]) -> Model | None:
        """Return what `load` gives, or gave when `name` was asked for before; None while it is at it.

        Raises:
            UserError: when it could not be loaded; after a while it is tried again.
        """
        with self._lock:
            future = self._loading.get(name)
            if future is None or (future.done() and future.exception() and name not in self._failed):
                future = self._loading[name] = self._begun(name, load)
        at_once = not self._in_background or name[0].startswith(ADDRESSES)  # a service is only asked
        return future.result() if at_once or future.done() else None

    def _begun(self, name: Name, load: Callable[[], Model]) -> Future[Model]:
        executor = ThreadPoolExecutor(1, thread_name_prefix="model")
        future = executor.submit(self._loaded, name, load)
        executor.shutdown(wait=False)
        return future

    def _loaded(self, name: Name, load: Callable[[], Model]) -> Model:
        try:
            return load()
        except UserError as error:
            log.warning("a model could not be loaded: %s", error)
            self._failed.add(name)
            raise
