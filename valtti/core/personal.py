"""The register of personal data: for every field that can hold words, whose and what becomes of them (pure)."""

from __future__ import annotations

from valtti.core.personal_lines import LINES
from valtti.core.personal_words import Basis, Erasure, Field, Level, Whose

__all__ = ["REGISTER", "Basis", "Erasure", "Field", "Level", "Whose", "as_table", "lines_of"]

REGISTER: tuple[Field, ...] = tuple(LINES)

_HEAD = ("field", "of whom", "what for", "basis", "kept", "on erasure", "in own export", "level")


def lines_of(model: str) -> list[Field]:
    """What the register says of one model, such as "desk.Message"."""
    return [line for line in REGISTER if line.model == model]


def as_table() -> str:
    """The table of docs/personal-data.md; what tells of nobody is left out."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_row(line) for line in REGISTER if line.whose is not Whose.NOBODY)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(line: Field) -> tuple[str, ...]:
    erased = f"{line.on_erasure}: {line.reason}" if line.reason else line.on_erasure
    exported = "yes" if line.exported else "no"
    name = f"{line.model}.{line.field}"
    return name, line.whose, line.purpose, line.basis, line.keep, erased, exported, line.level
