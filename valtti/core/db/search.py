"""The one question to the search index, asked in the words of whichever database there is."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Lookup

from valtti.core.db import search_postgres, search_sqlite
from valtti.core.search_match import Wanted

_BY_VENDOR: dict[str, Any] = {"sqlite": search_sqlite, "postgresql": search_postgres}


class Matching(Lookup):
    """True for entries in which all that is wanted stands: for `filter()`, `When()` and `~`.

    A lookup and not a function: SQLite would compare a function with 1, and then look at every entry.
    """

    prepare_rhs = False

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(F("pk"), wanted)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        key, _params = compiler.compile(self.lhs)
        return search_sqlite.condition(key, self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return search_postgres.condition(connection.ops.quote_name(self.lhs.alias), self.rhs)


def install(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration: make the index."""
    _run(schema_editor, "INSTALL")


def remove(_apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration's way back."""
    _run(schema_editor, "REMOVE")


def _run(schema_editor: BaseDatabaseSchemaEditor, what: str) -> None:
    for statement in getattr(_BY_VENDOR[schema_editor.connection.vendor], what):
        schema_editor.execute(statement, params=None)
