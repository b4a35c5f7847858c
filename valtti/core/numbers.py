"""Numbers of rows as they come in an address or a form (pure)."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 18
"""Signs of the longest number of a row: one more would not fit into a database's whole number."""


def row_number(written: object) -> int | None:
    """The number that stands there, in plain digits; None for anything else."""
    text = written if isinstance(written, str) else ""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if is_number else None
