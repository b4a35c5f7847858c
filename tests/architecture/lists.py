"""The exceptions to the rules: each with its reason and the day it ends, None where it is meant to stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Exempt:
    """One exception: what, why, until when."""

    what: str
    why: str
    ends: date | None = None


# Three files at most may hand out markup that templates do not escape.
MAY_MARK_SAFE: tuple[Exempt, ...] = ()

# Folders of letters and other samples made elsewhere: kept as they were found.
FROM_ELSEWHERE = (Exempt("valtti/channels/email/tests/open/", "published test letters, byte for byte"),)

# Files or functions beyond the budget of their size.
MAY_BE_LONG: tuple[Exempt, ...] = ()


def named(exceptions: tuple[Exempt, ...]) -> set[str]:
    """What a list exempts."""
    return {item.what for item in exceptions}
