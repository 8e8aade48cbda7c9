"""schemathesis sends what the description allows, and what it does not; no answer may be a server error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema

from service.api.app import create_app
from service.api.manual import manual
from service.library import Library
from tests.service.texts import PLAN

EXAMPLES = 8
HEADERS = {"host": "127.0.0.1"}


@pytest.fixture
def schema(tmp_path: Path) -> Iterator[BaseSchema]:
    with Library.open(tmp_path, workers=1) as library:
        library.add_upload("方案.txt", PLAN.encode())
        yield schemathesis.openapi.from_asgi("/openapi.json", create_app(library), headers=HEADERS)


def test_nothing_is_answered_with_a_server_error(schema: BaseSchema) -> None:
    tried = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.label == "POST /api/accounts":
            continue  # the first account would shut out all that follows

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def nothing_breaks(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=HEADERS, checks=[not_a_server_error])

        nothing_breaks()
        tried.append(operation.label)
    assert len(tried) > 30


def test_the_manual_shows_every_address_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "api.md"
    assert page.read_text("utf-8") == manual()
