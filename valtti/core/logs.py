"""Log lines: one JSON object each, on standard error; no bodies, no addresses, no secrets, routes instead of paths."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

_bound: ContextVar[Mapping[str, Any]] = ContextVar("log facts", default=MappingProxyType({}))
KNOWN = ("user", "task", "attempt", "route", "method", "status", "ms", "queries", "place", "why", "count")
"""What a line may say besides its words: `extra={"facts": {…}}` and `bound(…)`, nothing else."""

LONGEST = 2000
SHORTEST_SECRET = 8
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)([^/\s:@]*):[^@\s/]+(?=@)")


@contextmanager
def bound(**facts: Any) -> Iterator[None]:
    """Lines written inside carry these facts."""
    token = _bound.set({**_bound.get(), **facts})
    try:
        yield
    finally:
        _bound.reset(token)


def configure(config: Mapping[str, str]) -> None:
    """Django's LOGGING_CONFIG: `format` json or text, `level`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if config["format"] == "json" else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if not isinstance(other.formatter, _Lines)]
    root.addHandler(handler)
    root.setLevel(config["level"].upper())
    for talkative in ("django.server", "asyncio", "urllib3"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # Django names the raw path of each 404; ours is the route, written by the request's own line.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)


def without_secrets(text: str) -> str:
    """The text with every known secret value, and passwords within addresses, replaced."""
    for secret in _secrets():
        text = text.replace(secret, "[secret]")
    return _PASSWORD_IN_ADDRESS.sub(r"\1:[secret]", text)


def _secrets() -> list[str]:
    from django.conf import settings

    if not settings.configured:
        return []
    named = [*getattr(settings, "SECRET_KEYS", []), *getattr(settings, "FIELD_KEYS", [])]
    named.append(getattr(settings, "METRICS_TOKEN", ""))
    return [secret for secret in named if len(secret) >= SHORTEST_SECRET]


class _Lines(logging.Formatter):
    """What every line says, whichever way it is written."""

    def facts(self, record: logging.LogRecord) -> dict[str, Any]:
        from valtti.core.requests import current_request_id

        given = {**_bound.get(), **getattr(record, "facts", {})}
        facts: dict[str, Any] = {"at": _moment(record), "level": record.levelname.lower()}
        facts["event"] = without_secrets(f"{record.name}: {record.getMessage()}")[:LONGEST]
        if request := current_request_id():
            facts["request"] = request
        facts |= {name: given[name] for name in KNOWN if name in given}
        if record.exc_info and record.exc_info[0]:
            facts["fault"] = without_secrets(self.formatException(record.exc_info))
        return facts

    def formatException(self, exc_info: Any) -> str:
        """Places of a fault and its kind. Its words may hold what a person wrote."""
        kind, fault, _ = exc_info
        import traceback

        frames = traceback.extract_tb(fault.__traceback__)[-12:]
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return " | ".join([*places, kind.__qualname__])


class JsonLines(_Lines):
    """For machines. The encoder escapes line ends, so a line stays a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=True, default=str)


class PlainLines(_Lines):
    """For a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        facts = self.facts(record)
        head = f"{facts.pop('at')[11:19]} {facts.pop('level'):7} {facts.pop('event')}"
        line = " ".join([head, *(f"{name}={value}" for name, value in facts.items())])
        return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
