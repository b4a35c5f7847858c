"""JSON Schema made from the types of `schema.py`. `python -m valtti.channels.email.schema_json` writes the file."""

from __future__ import annotations

import json
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints, is_typeddict

from valtti.channels.email import schema

FILE = Path(__file__).with_name("mail.schema.json")
_PLAIN = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}


def _of(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type; objects are named in `found`."""
    if isinstance(kind, TypeAliasType):
        return _of(kind.__value__, found)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if get_origin(kind) is list:
        return {"type": "array", "items": _of(get_args(kind)[0], found)}
    if get_origin(kind) in {Union, UnionType}:
        return {"anyOf": [_of(one, found) for one in get_args(kind)]}
    assert is_typeddict(kind), kind
    if kind.__name__ not in found:
        found[kind.__name__] = {}
        found[kind.__name__] = _object(kind, found)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "properties": {name: _of(value, found) for name, value in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


def json_schema() -> dict[str, Any]:
    """The whole schema."""
    found: dict[str, Any] = {}
    top = _of(schema.Letter, found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": schema.SCHEMA,
        "$ref": top["$ref"],
        "$defs": {name: found[name] for name in sorted(found)},
    }


def text() -> str:
    """The file's content."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
