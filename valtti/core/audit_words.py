"""What the codes of the audit log say to people; each room names its own when the house starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from valtti.core import audit_marks

type Words = Any
"""A lazily translated text."""

_deeds: dict[str, Words] = {}
_kinds: dict[str, Words] = {}
_parts: dict[str, Words] = {}
_told_by_name: set[str] = set()


def name(
    *,
    deeds: Mapping[str, Words] | None = None,
    kinds: Mapping[str, Words] | None = None,
    parts: Mapping[str, Words] | None = None,
    by_name: tuple[str, ...] = (),
) -> None:
    """Add a room's words: for deeds, kinds of rows, parts of a change. Rows of `by_name` are told by what they are
    called, so nothing goes there that is called after a customer or a matter."""
    _deeds.update(deeds or {})
    _kinds.update(kinds or {})
    _parts.update(parts or {})
    _told_by_name.update(by_name)


def deed(code: str) -> str:
    """What was done, in words; a code nobody has named stands for itself."""
    return str(_deeds.get(code, code))


def kind(label: str) -> str:
    """What sort of row it was done to."""
    return str(_kinds.get(label, label))


def part(code: str) -> str:
    """What of it has changed."""
    return str(_parts.get(code, code))


def is_told_by_name(label: str) -> bool:
    """Rows of this kind are called by their name in the log."""
    return label in _told_by_name


def changed(before: Any, after: Any, marks: Mapping[str, str] | None = None) -> str:
    """Before and after in words: of two sets of values only those that differ. `marks` says what marks stand for."""
    read = marks or {}
    if isinstance(before, dict) and isinstance(after, dict):
        names = [one for one in dict.fromkeys([*before, *after]) if before.get(one) != after.get(one)]
        pairs = ((one, _said(before.get(one), read), _said(after.get(one), read)) for one in names)
        return "; ".join(f"{part(one)}: {was} → {is_now}" for one, was, is_now in pairs)
    return " → ".join(_said(value, read) for value in (before, after) if value is not None)


def _said(value: Any, marks: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        told = ((name, one) for name, one in value.items() if one not in ("", None))
        return "; ".join(f"{part(name)}: {_said(one, marks)}" for name, one in told)
    if isinstance(value, list):
        return ", ".join(_said(one, marks) for one in value)
    if isinstance(value, bool):
        return part("yes" if value else "no")
    if isinstance(value, str) and audit_marks.is_mark(value):
        return marks.get(value) or part("unreadable")
    return "–" if value in ("", None) else part(value) if isinstance(value, str) else str(value)
