"""What `valtti check` looks at before the house is opened to the world."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks
from django.db import DatabaseError, connection

from valtti.core import clock
from valtti.core.db.reads import database_time
from valtti.project import books
from valtti.project.first_start import migrations_missing

LEAST_FREE_MB = 500
MOST_CLOCK_SECONDS = 5.0
MOST_MISMATCHES = 20
OLDEST_SQLITE = (3, 40)
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level` is ok, warning or error; `remedy` says what to do."""

    about: str
    level: str
    words: str
    remedy: str = ""

    def as_row(self) -> dict[str, str]:
        """For `--format json`."""
        return asdict(self)


def findings() -> list[Finding]:
    """Everything, in order."""
    return [finding for look in LOOKS for finding in look()]


def _database() -> Iterator[Finding]:
    try:
        missing = migrations_missing()
    except DatabaseError as away:
        yield Finding("database", "error", f"It does not answer ({type(away).__name__}).", "Look at VALTTI_DATABASE.")
        return
    if missing:
        yield Finding("database", "error", f"{len(missing)} migrations are missing.", "Run `valtti migrate`.")
    else:
        yield Finding("database", "ok", f"{connection.display_name} answers, migrations are complete.")
    yield _clock()


def _clock() -> Finding:
    apart = abs((database_time() - clock.now()).total_seconds() + settings.CLOCK_SHIFT)
    if apart > MOST_CLOCK_SECONDS:
        return Finding(
            "clock", "error", f"The database's clock is {apart:.0f} s away from ours.", "Set up NTP on both."
        )
    return Finding("clock", "ok", "The database's clock and ours agree.")


def _sqlite() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield Finding("sqlite", "error", f"SQLite {sqlite3.sqlite_version} is too old.", "Use 3.40 or newer.")
    kind = _file_system(Path(settings.DATA))
    if kind in NETWORK_FILE_SYSTEMS:
        yield Finding("sqlite", "error", f"The data lies on {kind}, where SQLite breaks.", "Use a local disk.")


def _folders() -> Iterator[Finding]:
    for name in ("DATA", "FILES"):
        folder = Path(getattr(settings, name))
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            yield Finding("folders", "error", f"{folder} cannot be written.", "Give it to the user that runs Valtti.")
    free = shutil.disk_usage(settings.DATA).free // 1024 // 1024
    if free < LEAST_FREE_MB:
        yield Finding("disk", "error", f"{free} MB are free.", f"Make room: at least {LEAST_FREE_MB} MB.")
    else:
        yield Finding("disk", "ok", f"{free} MB are free.")


def _keys() -> Iterator[Finding]:
    for path in sorted((Path(settings.DATA) / "keys").glob("*.key")):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding("keys", "error", f"Others can read {path.name}.", f"chmod 600 {path}")
    if any(len(key) < 32 for key in [*settings.SECRET_KEYS, *settings.FIELD_KEYS]):
        yield Finding("keys", "error", "A key is too short to be one.", "Let Valtti make it: remove the setting.")


def _django() -> Iterator[Finding]:
    """Django's own look at a house that is opened to the world. What a loopback address may do without is left out."""
    found = django_checks.run_checks(include_deployment_checks=settings.HTTPS)
    for one in found:
        level = "error" if one.level >= django_checks.ERROR else "warning"
        yield Finding(str(one.id or "django"), level, str(one.msg), str(one.hint or ""))


def _books() -> Iterator[Finding]:
    """Letters and derived columns; a database that is not there or not complete has been named already."""
    try:
        if migrations_missing():
            return
    except DatabaseError:
        return
    adrift, apart = list(books.letters_adrift()), list(books.columns_apart())
    for mailbox, words in adrift:
        yield Finding(f"mailbox {mailbox}", "error", words, "Look at the worker's log and the page of this mailbox.")
    for words in apart:
        yield Finding("cases", "error", words, "Report it: a column was written past the house's own deeds.")
    if not adrift:
        yield Finding("mailboxes", "ok", "Every letter that came in is accounted for.")
    if not apart:
        yield Finding("cases", "ok", "Every derived column is what its rows say.")


def _file_system(folder: Path) -> str:
    """The kind of file system a folder lies on; empty where the system does not say."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    points = [line.split()[1:3] for line in mounts]
    above = [(point, kind) for point, kind in points if folder.resolve().is_relative_to(point)]
    return max(above, key=lambda pair: len(pair[0]), default=("", ""))[1]


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_database, _sqlite, _folders, _keys, _django, _books)
