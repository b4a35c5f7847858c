"""How the database is opened: SQLite in WAL mode, or PostgreSQL with its timeouts."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from valtti.project.environment import WrongSetting

# No `trusted_schema=OFF`: SQLite 3.40 then refuses the JSON_VALID() of every JSON column ("unsafe use").
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
)


def database(address: str, data: Path) -> dict[str, Any]:
    """Django's entry for one address: `sqlite` or `postgresql://…`."""
    if address == "sqlite":
        return _sqlite(data / "valtti.sqlite3")
    if address.startswith(("postgresql://", "postgres://")):
        return _postgresql(address)
    raise WrongSetting("VALTTI_DATABASE must be `sqlite` or begin with postgresql://")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": _SQLITE_START},
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": options,
    }
