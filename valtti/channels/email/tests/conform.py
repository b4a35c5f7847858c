"""Checks an object against a JSON Schema, as far as ours uses the language."""

from __future__ import annotations

import json
from typing import Any

from valtti.channels.email.schema_json import FILE

_KINDS = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
SCHEMA: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def faults(value: Any, rule: dict[str, Any] | None = None, where: str = "$") -> list[str]:
    """Everything in which the value differs from the schema."""
    rule = SCHEMA if rule is None else rule
    if "$ref" in rule:
        return faults(value, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]], where)
    if "enum" in rule:
        return [] if value in rule["enum"] else [f"{where}: {value!r} is none of {rule['enum']}"]
    if "anyOf" in rule:
        return [] if any(not faults(value, one, where) for one in rule["anyOf"]) else [f"{where}: {value!r}"]
    if rule["type"] == "array":
        return _in_list(value, rule, where)
    if rule["type"] == "object":
        return _in_object(value, rule, where)
    right = isinstance(value, _KINDS[rule["type"]]) and not (rule["type"] == "integer" and isinstance(value, bool))
    return [] if right else [f"{where}: {value!r} is no {rule['type']}"]


def _in_list(value: Any, rule: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: no list"]
    return [fault for at, one in enumerate(value) for fault in faults(one, rule["items"], f"{where}[{at}]")]


def _in_object(value: Any, rule: dict[str, Any], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    if set(value) != set(rule["required"]):
        return [f"{where}: keys {sorted(set(value) ^ set(rule['required']))}"]
    return [fault for name, one in value.items() for fault in faults(one, rule["properties"][name], f"{where}.{name}")]
