"""The words in which the register of personal data is written (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Of whom a field tells."""

    CUSTOMER = "customer"
    STAFF = "staff"
    THIRD = "third person"
    NOBODY = "nobody"


class Basis(StrEnum):
    """By which right of the General Data Protection Regulation, article 6, it is kept."""

    CONTRACT = "contract (6.1 b)"
    DUTY = "legal duty (6.1 c)"
    INTEREST = "legitimate interest (6.1 f)"
    NONE = "not personal"


class Erasure(StrEnum):
    """What an erasure does to it. What is kept says why in `reason`."""

    BLANK = "blank"
    MASK = "mask"
    DELETE = "delete"
    KEEP = "keep"


class Level(StrEnum):
    """How closely it is held: `secret` is stored encrypted or hashed and never shown."""

    OPEN = "open"
    ORDINARY = "ordinary"
    CONTENT = "content"
    SECRET = "secret"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of one model. `keep` says for how long, `exported` whether a person's own export shows it."""

    model: str
    field: str
    whose: Whose
    purpose: str
    basis: Basis
    keep: str
    on_erasure: Erasure
    exported: bool
    level: Level
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """What several fields have in common: `fields(model, names)` makes the lines of the register."""

    whose: Whose
    purpose: str
    basis: Basis
    keep: str
    on_erasure: Erasure
    exported: bool
    level: Level
    reason: str = ""

    def fields(self, model: str, names: str) -> Iterator[Field]:
        """A line for each of these fields of a model."""
        for name in names.split():
            yield Field(
                model,
                name,
                self.whose,
                self.purpose,
                self.basis,
                self.keep,
                self.on_erasure,
                self.exported,
                self.level,
                self.reason,
            )
