"""The database of a house under test: a file, or a database of the server that the suite runs on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

TEMPLATE = "valtti_house_template"


class SqliteStore:
    """A file in the data folder."""

    address = "sqlite"

    def __init__(self, data: Path) -> None:
        self.path = data / "valtti.sqlite3"

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """As another process of the house would open it."""
        with closing(sqlite3.connect(self.path, timeout=10)) as database:
            yield database

    def rows(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """What a question finds."""
        with self.opened() as database:
            return database.execute(statement, values).fetchall()

    def execute(self, statement: str, values: list[Any]) -> None:
        """Write, and commit."""
        with self.opened() as database, database:
            database.execute(statement, values)

    def now(self) -> Any:
        """This moment, as Django stores it."""
        return datetime.now(UTC).replace(tzinfo=None).isoformat(" ")

    def remove(self) -> None:
        """The file goes with its folder."""


class PostgresStore:
    """A copy of the template on the server of the suite."""

    def __init__(self, server: str) -> None:
        self.server, self.name = server, f"valtti_house_{uuid4().hex[:10]}"
        self._at_the_server(f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE}")

    @classmethod
    def make_template(cls, server: str) -> str:
        """An empty database for `valtti migrate`; its address."""
        _run(server, "postgres", f"DROP DATABASE IF EXISTS {TEMPLATE}")
        _run(server, "postgres", f"CREATE DATABASE {TEMPLATE}")
        return _address(server, TEMPLATE)

    @property
    def address(self) -> str:
        """For VALTTI_DATABASE."""
        return _address(self.server, self.name)

    def rows(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """What a question finds."""
        import psycopg

        with psycopg.connect(self.address) as database:
            return database.execute(_percent(statement), values).fetchall()

    def execute(self, statement: str, values: list[Any]) -> None:
        """Write, commit, and wake those who listen."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as database:
            database.execute(_percent(statement), values)
            database.execute("NOTIFY valtti")

    def now(self) -> Any:
        """This moment."""
        return datetime.now(UTC)

    def remove(self) -> None:
        """Drop it, whoever is still connected."""
        self._at_the_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _at_the_server(self, statement: str) -> None:
        _run(self.server, "postgres", statement)


type Store = SqliteStore | PostgresStore


def server() -> str:
    """The server of the suite; empty when the suite runs on SQLite."""
    return os.environ.get("VALTTI_TEST_PG", "") if os.environ.get("VALTTI_TEST_DATABASE") == "postgresql" else ""


def _address(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _percent(statement: str) -> Any:
    return statement.replace("%", "%%").replace("?", "%s")


def _run(server: str, name: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(_address(server, name), autocommit=True) as database:
        database.execute(statement)
