"""What is noticed while a letter is read: oddities that stop nothing, and caps that were met."""

from __future__ import annotations

from dataclasses import dataclass, field

from valtti.channels.email.schema import Problem
from valtti.core.caps import LETTER_PARTS

MOST = 200


@dataclass(slots=True)
class Notes:
    """Collected over a letter and everything inside it."""

    problems: list[Problem] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)
    parts_left: int = LETTER_PARTS

    def problem(self, code: str, where: str = "", detail: str = "") -> None:
        """Remember an oddity; the two hundred first are kept."""
        if len(self.problems) < MOST:
            self.problems.append({"code": code, "where": where, "detail": detail[:200]})

    def hit(self, cap: str) -> None:
        """Remember that a cap was met: the letter is then `limited`."""
        if cap not in self.hits:
            self.hits.append(cap)
            self.problem(f"cap_{cap}")
