"""now(): the only source of business time, movable for the demo, imports and tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.conf import settings

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """This instant in UTC, or the one set by `at()`."""
    fixed = _fixed.get()
    return fixed if fixed is not None else datetime.now(UTC) + timedelta(seconds=settings.CLOCK_SHIFT)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` stand at `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("clock.at() needs an aware moment")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
