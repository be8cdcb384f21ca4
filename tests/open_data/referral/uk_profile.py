"""HSDS 3.0 with the UK profile applied, and nothing else allowed: strict readers of our answers."""

import json
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from tests.support.paths import TESTS

FILES = TESTS / "open_data" / "referral" / "openreferral"
OURS = {"attribute": {"value": {"type": "string"}}}
"""The one field of HSDS that the UK profile leaves out and we use (docs/open-data.md)."""


def read(path: str) -> Any:
    """One of the standard's files."""
    return json.loads((FILES / path).read_text())


@cache
def profile(name: str) -> dict[str, Any]:
    path = FILES / "profile" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found


def applied(whole: Any) -> Any:
    """A schema without what the UK profile removes; what it does not name is refused."""
    if isinstance(whole, list):
        return [applied(one) for one in whole]
    if not isinstance(whole, dict) or "properties" not in whole:
        return whole
    name = whole.get("name", "")
    name = name if profile(name) else singular(name)
    ours = profile(name)
    properties = {**whole["properties"], **ours.get("properties", {}), **OURS.get(name, {})}
    return {
        "type": "object",
        "required": ours.get("required", whole.get("required", [])),
        "additionalProperties": False,
        "properties": {
            key: {**value, **within(value)} for key, value in properties.items() if value
        },
    }


def within(value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in value.get("items", {}):
        path = f"schema/{value['items']['$ref']}"
        return {"items": applied(read(path)) if (FILES / path).exists() else {}}
    if "items" in value:
        return {"items": applied(value["items"])}
    return applied(value) if "properties" in value else {}


def singular(name: str) -> str:
    return {"addresses": "address", "taxonomy_terms": "taxonomy_term"}.get(name, name[:-1])


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = applied(read(f"schema/{name}.json"))
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    """For `service`, `service_list`, `taxonomy` and so on."""
    return Draft202012Validator(schema(name), validate_formats=True)


def faults(name: str, thing: Any) -> list[str]:
    """Everything in which a thing is not of the profile; nothing for a right one."""
    return [f"{one.instance_path}: {one.message}" for one in validator(name).iter_errors(thing)]
