"""Numbers of new rows after rows were written with numbers of their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.management.color import no_style
from django.db import connection, models


def move_sequences_on(tables: Sequence[type[models.Model]]) -> None:
    """The next row of each of these tables comes after the last one that is there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
