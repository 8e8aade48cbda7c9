"""Files that people hand in one by one: read for a look, or read and stored, by workers."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from corpus.document import Problem
from service.background.course import Course
from service.background.work import Stored, store_file
from service.background.workers import TIME_LIMIT as READING_LIMIT
from service.documents import Documents
from service.intake.archives import safe_name
from service.intake.extraction import Reading, error_of
from service.intake.sources import Upload, upload_name

if TYPE_CHECKING:
    from corpus.store.rows import Added

STORING_LIMIT = READING_LIMIT + 600.0
"""Seconds that reading, storing and indexing one upload may take, waiting for others included."""


class Uploads(Documents):
    """The side of a library that takes in single files."""

    def extract_upload(self, name: str, data: bytes, course: Course | None = None) -> Reading | Problem:
        """Read a file in a worker process, without storing it; `name` is what the user calls it.

        `course` tells meanwhile how far it has come, and may end it: that is a problem too.
        """
        return self.begin_extracting(name, data, course).result()

    def begin_extracting(
        self, name: str, data: bytes, course: Course | None = None
    ) -> Future[Reading | Problem]:
        """Queue what `extract_upload` waits for, for those who do other things meanwhile."""
        return self._pool.submit(data, upload_name(name), course)

    def add_upload(
        self, name: str, data: bytes, by: str = "", folder: str = ""
    ) -> tuple[Added, tuple[Problem, ...]]:
        """Add one uploaded file for `by`; returns when it can be found, with what went wrong in parts of it.

        The same name in the same `folder` again is a new version.

        Raises:
            UnreadableError: when it cannot be read.
            SecretError: when it is marked 秘密, 机密 or 绝密.
        """
        outcome = self.begin_adding(name, data, by, folder).result()
        if isinstance(outcome, Problem):
            raise error_of(outcome)
        return outcome.added, outcome.problems

    def begin_adding(
        self, name: str, data: bytes, by: str = "", folder: str = "", course: Course | None = None
    ) -> Future[Stored | Problem]:
        """Queue what `add_upload` waits for; `course` tells how far it has come, and may end the reading.

        Raises (in the future):
            StoppedError: when it was ended; the file may be stored all the same where that came late.
        """
        upload = self._upload(name, data, folder)
        wanted = (self.place, upload.source, upload.key, data, by)
        return self._pool.run(store_file, *wanted, time_limit=STORING_LIMIT, course=course)

    def holds(self, name: str, data: bytes, folder: str = "") -> bool:
        """Tell whether these very bytes are what the library has under the name of an upload."""
        return self.store.known(self._upload(name, data, folder).key, data) is not None

    def _upload(self, name: str, data: bytes, folder: str) -> Upload:
        name = upload_name(name)
        return Upload(safe_name(f"{folder}/{name}") if folder else name, data)
