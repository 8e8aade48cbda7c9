"""Options for the whole test run, and the library that most tests begin with."""

import gc
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus.store.store import Store

# A slow or busy machine must not fail a property: how long an example takes is no property of ours.
settings.register_profile("taizhang", deadline=None)
settings.load_profile("taizhang")

# What is imported and collected is no garbage: with the usual 700, looking takes a tenth of collecting.
gc.set_threshold(50_000, 20, 20)

REQUIRED = pytest.StashKey[frozenset[str]]()


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the SQLite file of an empty library, to be copied: making one takes a while."""
    folder = tmp_path_factory.mktemp("library")
    Store.open(folder).close()
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require",
        default="",
        metavar="MARKERS",
        help="markers, separated by commas, whose tests must run: skipping one, or finding none, fails",
    )


def pytest_configure(config: pytest.Config) -> None:
    wanted = config.getoption("--require").split(",")
    config.stash[REQUIRED] = frozenset(marker.strip() for marker in wanted if marker.strip())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that a browser works through: a slow one at the end leaves a processor idle."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
    found = {marker.name for item in session.items for marker in item.iter_markers()}
    lacking = session.config.stash[REQUIRED] - found
    if lacking:
        raise pytest.UsageError(
            f"no test is marked {', '.join(sorted(lacking))}, but --require wants it to run"
        )


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself hides which tests it holds, so it cannot pass where some must run."""
    report = yield
    if report.skipped and collector.config.stash[REQUIRED]:
        report.outcome = "failed"
        report.longrepr = f"required, but the module skips itself: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    required = item.config.stash[REQUIRED] & {marker.name for marker in item.iter_markers()}
    if report.skipped and required and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"required ({', '.join(sorted(required))}), but skipped: {report.longrepr}"
    return report
