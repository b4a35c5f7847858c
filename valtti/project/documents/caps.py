"""docs/caps.md: how much may come in at once, and how often something may be asked."""

from __future__ import annotations

from collections.abc import Iterator

from valtti.core.caps import CAPS
from valtti.core.limits import DAY, HOUR, LIMITS, MEANING, MINUTE, Rate
from valtti.project.documents.tables import FOOT, table

SPANS = {MINUTE: "a minute", HOUR: "an hour", DAY: "a day"}


def page() -> str:
    """The two tables of core: caps on size, limits on frequency."""
    return f"""# Caps and limits

## How much

What is beyond a cap is refused, cut or kept unread, never half taken.

{table(["What", "At most"], _caps())}

## How often

Beyond a limit the answer is 429 with `Retry-After`, or silence where an answer would tell something. All of them at
once are let through when nothing was asked for as long as the span says; then they trickle back.

{table(["What", "At most"], _limits())}

{FOOT}
"""


def _caps() -> Iterator[list[str]]:
    for cap in CAPS.values():
        yield [cap.meaning, f"{cap.value:,} {cap.unit}"]


def _limits() -> Iterator[list[str]]:
    for name, rates in LIMITS.items():
        yield [MEANING[name], ", ".join(_often(rate) for rate in rates)]


def _often(rate: Rate) -> str:
    return f"{rate.many:,} in {SPANS.get(rate.seconds) or f'{rate.seconds / MINUTE:g} minutes'}"
