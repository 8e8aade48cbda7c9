"""How a server holds up: users with sessions of their own work at once while a plan of 300 pages is read.

The server is the real program in a process of its own, over a library of made-up plans; every user logs in
and then does, with pauses, what people do: open pages, look through the ledger, search, ask, correct a row.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx
from rich.console import Console
from rich.table import Table

from corpus.records import JsonObject
from evaluation.speed.measure import percentile, plan_text
from service.accounts import Role
from service.library import Library

STATEMENTS_PER_PLAN = 250
LONG_PLAN = 1_400
"""Statements of the plan that is read meanwhile: 200,000 characters, some 300 printed pages."""
PASSWORD = "load-test-2026"
PAUSE = (0.5, 2.5)
"""Least and most seconds between two things that a user does."""
STARTED = re.compile(r"http://127\.0\.0\.1:\d+")
QUERIES = ("河道整治怎么做", "入河排污口", "违法建筑", "市水利局牵头的任务有哪些？", "台账")


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Seconds that answers took, by what was asked."""

    data: str
    users: int
    tasks: int
    long_reads: int
    """How often the long plan was read meanwhile."""
    seconds: dict[str, list[float]]
    failures: int

    def record(self) -> JsonObject:
        """Return the figures as plain JSON values, in milliseconds."""
        return {
            "users": self.users,
            "tasks": self.tasks,
            "long_reads": self.long_reads,
            "failures": self.failures,
            "milliseconds": {name: _figures(values) for name, values in self._with_all().items()},
        }

    def show(self, console: Console) -> None:
        """Print one row per kind of request."""
        title = (
            f"{self.users} users, {self.tasks:,} tasks, {self.long_reads} long reads, {self.failures} failed"
        )
        table = Table("request", title=title)
        for column in ("times", "p50 ms", "p95 ms", "longest ms"):
            table.add_column(column, justify="right")
        for name, values in self._with_all().items():
            figures = _figures(values)
            table.add_row(name, *(f"{figures[key]:,.0f}" for key in ("times", "p50", "p95", "longest")))
        console.print(table)

    def _with_all(self) -> dict[str, list[float]]:
        every = [value for values in self.seconds.values() for value in values]
        return {**self.seconds, "all": every}


def evaluate(users: int, seconds: float, tasks: int) -> LoadReport:
    """Let `users` work for so long on a library of at least `tasks` rows."""
    with TemporaryDirectory() as folder:
        rows = prepare(Path(folder), users, tasks)
        with running_server(Path(folder)) as address:
            return asyncio.run(_measure(address, users, seconds, rows))


def prepare(folder: Path, users: int, tasks: int) -> int:
    """Make a library of at least so many tasks with accounts for the users; returns the number of tasks."""
    with Library.open(folder) as library:
        number = 0
        while library.tasks().total < tasks:
            number += 1
            text = plan_text(STATEMENTS_PER_PLAN).replace("安澜市", f"安澜市第{number}片区")
            library.add_upload(f"方案{number}.txt", text.encode())
        for user in range(users):
            library.accounts.add(_name(user), Role.STAFF if user else Role.ADMINISTRATOR, PASSWORD)
        return library.tasks().total


@contextmanager
def running_server(folder: Path, port: int = 0) -> Iterator[str]:
    """Run the server over a library, at a free port unless one is given, and give its address."""
    command = [sys.executable, "-m", "service.cli", "serve", "--data", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        found = STARTED.search(line)
        if found is None:
            raise RuntimeError(f"the server did not start: {line}")
        try:
            yield found[0]
        finally:
            process.terminate()


async def _measure(address: str, users: int, seconds: float, rows: int) -> LoadReport:
    times: dict[str, list[float]] = defaultdict(list)
    failures = 0
    async with _sessions(address, users) as clients:
        await clients[0].get("/api/search", params={"q": "河道"})  # the index is opened by the first
        end = perf_counter() + seconds

        async def work(number: int) -> None:
            nonlocal failures
            chance = random.Random(number)
            while perf_counter() < end:
                await asyncio.sleep(chance.uniform(*PAUSE))
                name, request = _next_step(chance, rows)
                begin = perf_counter()
                answer = await clients[number].request(**request)
                times[name].append(perf_counter() - begin)
                failures += answer.status_code != 200

        async def read() -> int:
            plan, count = plan_text(LONG_PLAN).encode(), 0
            while perf_counter() < end:
                answer = await clients[0].post("/api/extract", files={"file": ("长方案.txt", plan)})
                count += answer.status_code == 200
            return count

        reading = asyncio.create_task(read())
        await asyncio.gather(*(work(number) for number in range(users)))
        long_reads = await reading
    digest = hashlib.sha256(plan_text(STATEMENTS_PER_PLAN).encode()).hexdigest()[:16]
    return LoadReport(digest, users, rows, long_reads, dict(sorted(times.items())), failures)


@asynccontextmanager
async def _sessions(address: str, users: int) -> AsyncIterator[list[httpx.AsyncClient]]:
    clients = [httpx.AsyncClient(base_url=address, timeout=120) for _ in range(users)]
    try:
        for number, client in enumerate(clients):
            body = {"name": _name(number), "password": PASSWORD}
            (await client.post("/api/session", json=body)).raise_for_status()
        yield clients
    finally:
        for client in clients:
            await client.aclose()


def _next_step(chance: random.Random, rows: int) -> tuple[str, JsonObject]:
    """Return what a user does next, by its name, and the request that it takes."""
    task = f"t{chance.randrange(1, rows + 1)}"
    steps: tuple[tuple[str, int, JsonObject], ...] = (
        ("page 检索", 2, {"method": "GET", "url": "/"}),
        ("page 文库", 1, {"method": "GET", "url": "/library"}),
        ("page 总台账", 2, {"method": "GET", "url": "/ledger"}),
        ("its lines, all rows", 2, {"method": "GET", "url": "/pages/tasks.json"}),
        ("ledger, 100 rows", 5, _get("/api/tasks", offset=chance.randrange(rows), limit=100)),
        ("ledger by unit", 3, _get("/api/tasks", unit="市水利局", limit=100)),
        ("ledger, 5,000 rows", 1, _get("/api/tasks", limit=5000)),
        ("search", 4, _get("/api/search", q=chance.choice(QUERIES))),
        ("ask", 2, _get("/api/ask", q=f"第{chance.randrange(1, 9)}片区河道整治由谁牵头？")),
        ("one row", 3, _get(f"/api/tasks/{task}")),
        ("correct a row", 2, _correct(task, str(chance.random()))),
    )
    names, weights, requests = zip(*steps, strict=True)
    chosen = chance.choices(range(len(names)), weights)[0]
    return names[chosen], requests[chosen]


def _get(url: str, **parameters: object) -> JsonObject:
    return {"method": "GET", "url": url, "params": parameters}


def _correct(task: str, label: str) -> JsonObject:
    return {"method": "POST", "url": "/api/edits", "json": {"corrected": {task: {"label": label}}}}


def _name(number: int) -> str:
    return f"用户{number}"


def _figures(values: list[float]) -> dict[str, float]:
    milliseconds = [1000 * value for value in values] * (2 if len(values) == 1 else 1)
    return {
        "times": len(values),
        "p50": round(percentile(milliseconds, 50), 1),
        "p95": round(percentile(milliseconds, 95), 1),
        "longest": round(max(milliseconds), 1),
    }
