"""Our OpenAPI document holds: a program that knows nothing else meets nothing it does not say."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from tests.support.site import Site

HOME = "/openreferral/v3"
OPERATIONS = 11
PLAIN = {"Accept-Encoding": "identity"}
"""schemathesis takes a WSGI app's bytes as they are."""
QUICK = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(site: Site) -> Any:
    return schemathesis.openapi.from_wsgi(f"{HOME}/openapi.json", site.app)


def operations(described: Any) -> Iterator[Any]:
    for found in described.get_all_operations():
        yield found.ok()


def test_the_document_names_every_endpoint(described: Any) -> None:
    assert len(list(operations(described))) == OPERATIONS


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("number", range(OPERATIONS))
def test_whatever_is_asked_the_answer_is_one_that_is_described(
    described: Any, number: int, mode: GenerationMode
) -> None:
    operation = list(operations(described))[number]
    if mode is GenerationMode.NEGATIVE and not operation.query:
        return

    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=PLAIN)

    ask()


@pytest.mark.parametrize("kind", ["services", "service_at_locations", "organizations"])
def test_what_is_there_is_as_described(described: Any, site: Site, kind: str) -> None:
    ids = [one["id"] for one in site.app.test_client().get(f"{HOME}/{kind}").json["contents"]]

    for id_ in ids[:10]:
        case = described[f"/{kind}/{{id}}"]["GET"].Case(path_parameters={"id": id_})
        answer = case.call(headers=PLAIN)
        case.validate_response(answer)
        assert answer.status_code == 200
