"""The OpenAPI document: valid, whole, and what the server really does."""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.sandbox.desk import Desk, Person
from tests.web.running import Served
from watchprint.web.asgi import make
from watchprint.web.methods.table import METHODS
from watchprint.web.openapi.document import document
from watchprint.web.openapi.operations import OPERATIONS

EXAMPLES = max(8, int(os.environ.get("WATCHPRINT_EXAMPLES", "100")) // 10)
NAMES = {"get_insight": "totals", "explain_problem": "throttled"}
UNCHECKED = {"get_openapi"}
"""Its answer is the document itself."""


def schemas(value: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of the document, with where it is."""
    if isinstance(value, dict):
        if "type" in value and isinstance(value["type"], str):
            yield path, value
        for name, each in value.items():
            if name not in ("example", "examples", "default", "value"):
                yield from schemas(each, f"{path}.{name}")
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from schemas(each, f"{path}[{place}]")


def test_no_schema_is_without_properties_and_each_reference_leads_somewhere() -> None:
    whole = document()
    for path, schema in schemas(whole["components"]["schemas"]):
        assert schema["type"] != "object" or schema.get("properties") or "additionalProperties" in schema, path
    for name, schema in whole["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("description"), name

    def references(value: Any) -> Iterator[str]:
        match value:
            case dict():
                yield from (each for name, each in value.items() if name == "$ref")
                for each in value.values():
                    yield from references(each)
            case list():
                for each in value:
                    yield from references(each)

    for reference in set(references(whole)):
        found: Any = whole
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def test_what_msgspec_knows_is_in_it() -> None:
    named = document()["components"]["schemas"]
    items = named["ListItemsBody"]["properties"]["items"]
    assert items["items"]["discriminator"]["propertyName"] == "type"
    assert set(items["items"]["discriminator"]["mapping"]) == {"movie", "show", "season", "episode", "person"}
    assert (items["minItems"], items["maxItems"]) == (1, 10_000)
    assert named["ScrobbleBody"]["properties"]["progress"]["maximum"] == 100
    assert named["MovieIds"]["properties"]["tmdb"]["minimum"] == 1
    assert named["Play"]["properties"]["id"]["description"]


def test_every_route_is_in_the_document_and_every_operation_is_a_route() -> None:
    inside: Any = vars(make())["_inside"]
    routes = {(verb, str(route.path_format)) for route in inside.routes for verb in route.methods if verb != "OPTIONS"}
    said = {(verb.upper(), path) for path, verbs in document()["paths"].items() for verb in verbs}
    assert said == routes
    assert {method.name for method in METHODS} <= {operation.name for operation in OPERATIONS}


def test_the_server_gives_it_and_schemathesis_reads_it(served: Served) -> None:
    answer = served.ask("GET", "/api/v1/openapi.json")
    assert answer.json == document()
    assert schemathesis.openapi.from_dict(answer.json).specification.version == "3.1.0"


def test_every_problem_is_explained_at_its_address(served: Served) -> None:
    examples = document()["components"]["examples"]
    for example in examples.values():
        answer = served.ask("GET", example["value"]["type"])
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
        assert example["summary"] in answer.body.decode()
    assert served.ask("GET", "/problems/none-of-these").problem == "no-such-route"


def pair_of(made: dict[str, str]) -> dict[str, Any]:
    """The pair as it is handed over."""
    return {"expires_in_s": 604800, "name": "ann"} | {name: made[name] for name in ("access_token", "refresh_token")}


def read(served: Served, token: str) -> None:
    """Wait until the copy was read."""
    until_s = time.monotonic() + 60
    while (answer := served.ask("GET", "/api/v1/insights/totals", token=token)).status != 200:
        assert time.monotonic() < until_s, (answer, served.ask("GET", "/api/v1/accounts/ann", token=token))
        time.sleep(0.1)


def fuzzed(operation: Any, tried: Callable[[Any, Any], None]) -> Callable[[], None]:
    """Tries requests for this operation, made of its part of the document."""

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(case=operation.as_strategy())
    def fuzz(case: Any) -> None:
        tried(operation, case)

    run: Callable[[], None] = fuzz
    return run


def test_fuzzing_finds_only_what_the_document_says_and_reaches_all_of_it(own: Served, desk: Desk, ann: Person) -> None:
    schema = schemathesis.openapi.from_dict(document())
    reached: defaultdict[str, set[int]] = defaultdict(set)
    checks = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
    fresh = {"token": "none yet"}

    def usable() -> str:
        """A token that works, though some requests withdraw it; and a list and an account that are there."""
        if own.ask("GET", "/api/v1/accounts/ann", token=fresh["token"]).status != 200:
            pair = desk.obey("POST", "tokens", {"user": "ann"})
            fresh["token"] = pair["access_token"]
            own.ask("POST", "/api/v1/accounts", pair_of(pair))
        desk.advance(600)
        return fresh["token"]

    def tried(operation: Any, case: Any) -> None:
        token = usable()
        name = operation.definition.raw["operationId"]
        named = re.findall(r"{(\w+)}", operation.path)
        case.path_parameters = {key: NAMES.get(name, {"list": "to-show", "name": "ann"}[key]) for key in named}
        headers = {"Authorization": f"Bearer {token}"}
        if name.startswith("checkin_"):
            own.ask("DELETE", "/api/v1/checkin", token=token)
            desk.advance(60)
        if "list" in named:
            own.ask("POST", "/api/v1/lists", {"name": "To show"}, token)
        if name in {"get_insight", "get_findings"}:
            read(own, token)
        response = case.call(base_url=f"http://127.0.0.1:{own.port}", headers=headers)
        reached[name].add(response.status_code)
        if name not in UNCHECKED:
            case.validate_response(response, checks=checks)

    for result in schema.get_all_operations():
        operation: Any = cast(Any, result).ok()
        named = operation.definition.raw["operationId"]
        example = operation.definition.raw.get("requestBody", {}).get("content", {}).get("application/json", {})
        if "example" in example:
            handed = named == "hand_over_account"
            body = pair_of(desk.obey("POST", "tokens", {"user": "ann"})) if handed else example["example"]
            tried(operation, operation.Case(body=body, media_type="application/json"))
        fuzzed(operation, tried)()
    well = {name for name, statuses in reached.items() if any(200 <= status < 300 for status in statuses)}
    everything = {operation.name for operation in OPERATIONS}
    assert len(well) >= 0.95 * len(everything), sorted(everything - well)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_operation_says_what_can_go_wrong(operation: Any) -> None:
    said = document()["paths"][operation.path][operation.verb.lower()]["responses"]
    assert {"500"} <= set(said)
    assert not operation.secured or {"401", "429", "502", "503", "504"} <= set(said)
    assert operation.body is None or {"400", "413", "415", "422"} <= set(said)
