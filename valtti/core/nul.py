"""NUL in what came from outside: mail carries it, and not every database keeps one."""

from __future__ import annotations


def without_nul[Value](value: Value) -> Value:
    """The same with every NUL in it shown as what it is, at any depth. Places in texts stay right."""
    match value:
        case str():
            return value.replace("\0", "\ufffd")  # type: ignore[return-value]
        case list():
            return [without_nul(one) for one in value]  # type: ignore[return-value]
        case dict():
            return {name: without_nul(one) for name, one in value.items()}  # type: ignore[return-value]
        case _:
            return value
