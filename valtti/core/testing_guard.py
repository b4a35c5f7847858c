"""The write guard of the suite: a room's tables are written by that room's own code."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from types import FrameType
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_WRITES = re.compile(
    r"""(?:^|[\s(])(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+["`]?(\w+)["`]?""",
    re.IGNORECASE,
)
# They carry out what another room says, and say nothing themselves; the demo puts back rows that the rooms once wrote.
_CARRIES_OUT = ("valtti.core.db", "valtti.core.testing", "valtti.project.demo.")
# Packages with models of their own that write to our tables by their own rules, such as the time of the last login.
_BY_ITSELF = ("allauth.", "django.contrib.")


class ForeignWrite(AssertionError):
    """A room wrote a table of another room."""


def watch() -> None:
    """From now on every connection of this process is guarded."""
    connection_created.connect(_guard_connection, dispatch_uid="write guard")


def written_table(sql: str) -> str | None:
    """The table that a statement inserts into, updates or deletes from; None for one that only reads."""
    found = _WRITES.search(sql)
    return found.group(1) if found else None


def writer(frame: FrameType | None) -> str | None:
    """The innermost module of ours that decided on a write; None when a test or a foreign package did."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_BY_ITSELF) or _is_test(module):
            return None
        if module.startswith("valtti.") and not module.startswith(_CARRIES_OUT):
            return str(module)
        frame = frame.f_back
    return None


def _is_test(module: str) -> bool:
    return module.startswith("tests.") or ".tests." in module


def _guard_connection(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if _guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(_guard)


def _guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    table = written_table(sql)
    owner = _rooms_by_table().get(table or "")
    if owner is not None:
        _check(str(table), owner, writer(sys._getframe(1)))
    return execute(sql, params, many, context)


def _check(table: str, owner: str, module: str | None) -> None:
    if module is not None and module.split(".")[1] != owner:
        raise ForeignWrite(
            f"{module} writes {table}, a table of room {owner}. Call an action of valtti.{owner}, or tell it by news."
        )


@cache
def _rooms_by_table() -> dict[str, str]:
    return {
        model._meta.db_table: model.__module__.split(".")[1]
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("valtti.")
    }
