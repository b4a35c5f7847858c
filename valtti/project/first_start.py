"""What has to be there before the house can work: a database with its tables, collected static files."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

type Say = Callable[[str], object]


def make_database_ready(say: Say) -> None:
    """An empty SQLite is given its tables. PostgreSQL is left to `valtti migrate`."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return
    with _alone("migrate.lock"):
        if not connection.introspection.table_names():
            say("Making the database")
            call_command("migrate", verbosity=0, interactive=False)


def migrations_missing() -> list[str]:
    """Names of migrations this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def collect_static_files(say: Say) -> None:
    """Join, compress and name the static files, if they have changed since."""
    root = Path(settings.STATIC_ROOT)
    stamp, mark = root / "stamp", _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == mark:
        return
    with _alone("static.lock"):
        say("Collecting the static files")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(mark, encoding="ascii")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time."""
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
