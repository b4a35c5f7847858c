"""The table of Django's database cache, made with the others."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_table(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


def keep_table(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """For a migration: the way back leaves the table, it holds nothing worth removing."""
