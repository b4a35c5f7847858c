"""The only place that reads the environment: typed settings from `VALTTI_*`, each named once."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path


class WrongSetting(Exception):
    """A `VALTTI_*` value cannot be used; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One name of the table in docs/settings.md. `secret` values may come from `NAME_FILE`."""

    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("VALTTI_URL", "http://127.0.0.1:8000", "Public address; plain http only for loopback."),
        Setting("VALTTI_DATA", "./var", "Folder of database, keys, files and caches."),
        Setting("VALTTI_FILES", "", "Folder of attachments and raw mail; default `files` under VALTTI_DATA."),
        Setting("VALTTI_BACKUPS", "", "Folder of backups; default `backups` under VALTTI_DATA."),
        Setting("VALTTI_DATABASE", "sqlite", "`sqlite` or `postgresql://user:password@host/name`.", secret=True),
        Setting("VALTTI_DATABASE_DIRECT", "", "PostgreSQL past the pooler, for LISTEN and migrations.", secret=True),
        Setting("VALTTI_SECRET_KEY", "", "Signing keys, comma-separated; made on first start.", secret=True),
        Setting("VALTTI_FIELD_KEY", "", "Encryption keys, comma-separated; made on first start.", secret=True),
        Setting("VALTTI_BIND", "127.0.0.1:8000", "Where pages and the live stream listen."),
        Setting("VALTTI_TRUSTED_PROXIES", "", "Networks whose forwarding headers count, comma-separated."),
        Setting("VALTTI_WEB_WORKERS", "0", "Web processes; 0 = by the number of cores."),
        Setting("VALTTI_WEB_THREADS", "0", "Threads of a web process; 0 = 4 on SQLite, 8 on PostgreSQL."),
        Setting("VALTTI_WORKERS", "2", "Worker processes."),
        Setting("VALTTI_LANGUAGE", "fi", "The house's language: fi, ru or en."),
        Setting("VALTTI_TIME_ZONE", "Europe/Helsinki", "The house's time zone."),
        Setting("VALTTI_POST", "tray", "`tray` or `smtp://…`: letters that belong to no mailbox.", secret=True),
        Setting("VALTTI_REACH", "", "Private networks that outgoing requests may enter, comma-separated."),
        Setting(
            "VALTTI_METRICS_TOKEN",
            "",
            "Bearer token of /metrics; empty = only a program on this machine that asks the house itself. What comes "
            "through a proxy (Forwarded, X-Forwarded-*, X-Real-IP, Via) does not count as such.",
            secret=True,
        ),
        Setting("VALTTI_LOG", "json", "`json` or `text`."),
        Setting("VALTTI_LOG_LEVEL", "info", "debug, info, warning or error."),
        Setting("VALTTI_CLOCK_SHIFT", "0", "Seconds added to the clock, for tests and the demo only."),
        Setting("VALTTI_DEMO", "0", "1 = the demo company: the tray is open to all, no second factor asked."),
        Setting("VALTTI_PYTHON", "", "Read by bin/ only."),
        Setting("VALTTI_WHEELS", "", "Read by bin/ only."),
        Setting("VALTTI_REQUIRE", "", "Read by bin/test only."),
        Setting("VALTTI_CHROMIUM", "", "Read by the browser tests only."),
        Setting("VALTTI_TEST_PG", "", "Read by the tests only."),
        Setting("VALTTI_TEST_DATABASE", "", "Read by the tests only."),
        Setting("VALTTI_PG_BIN", "", "Read by the tests only."),
    )
}


def refuse_unknown() -> None:
    """Raise WrongSetting on a misspelt `VALTTI_*` name: a typing mistake must not pass silently."""
    known = set(SETTINGS) | {f"{name}_FILE" for name, setting in SETTINGS.items() if setting.secret}
    for name in sorted(os.environ):
        if name.startswith("VALTTI_") and name not in known:
            raise WrongSetting(f"{name} is not a setting. Known names are listed in docs/settings.md.")


def text(name: str) -> str:
    """The value of one setting: from the environment, from its file, or the default."""
    setting = SETTINGS[name]
    if setting.secret and (path := os.environ.get(f"{name}_FILE")):
        return _secret_from(Path(path), f"{name}_FILE")
    return os.environ.get(name, "") or setting.default


def number(name: str) -> int:
    """A whole number of one setting. Raises WrongSetting on anything else."""
    try:
        return int(text(name))
    except ValueError:
        raise WrongSetting(f"{name} must be a whole number, not {text(name)!r}.") from None


def items(name: str) -> list[str]:
    """A comma-separated setting as a list without blanks."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def _secret_from(path: Path, name: str) -> str:
    if not path.is_file():
        raise WrongSetting(f"{name} names a file that does not exist.")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WrongSetting(f"{name} names a file that others can read; set its mode to 0600.")
    return path.read_text(encoding="utf-8").strip()
