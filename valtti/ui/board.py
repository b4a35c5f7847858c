"""The board: what happens next for the customer, by when, on a scale of opening hours (pure geometry)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

WIDTH = 800.0
HEIGHT = 12
MOST_TICKS = 48
TALL_EACH = 4
LATE_SHARE = (0.5, 0.95)
"""However late it is, the due time stands between these shares of the width."""

type Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Scale:
    """Paths of one drawing, 800 by 12: ticks behind us, ticks ahead, the pointer at now, what is over."""

    ticks: str
    rest: str
    now: str
    over: str


@dataclass(frozen=True, slots=True)
class Board:
    """One promise as a page shows it; `what` and `says` carry the language they are written in."""

    heading: str
    what: str
    due_at: datetime
    promised_at: datetime
    now: datetime
    standing: str = ""
    reads: str = ""
    says: str = ""
    language: str = ""
    what_language: str = ""
    spans: Sequence[Span] = ()
    name: str = "board"

    @property
    def late(self) -> bool:
        return self.now > self.due_at

    @property
    def today(self) -> bool:
        """Due on the day that `now` is; both come in local time."""
        return self.due_at.date() == self.now.date()

    @property
    def scale(self) -> Scale | None:
        return scale(spans=self.spans, promised_at=self.promised_at, due_at=self.due_at, now=self.now)


def scale(*, spans: Sequence[Span], promised_at: datetime, due_at: datetime, now: datetime) -> Scale | None:
    """Opening hours from promised to due, and to now when it is late. No time between the two: no drawing."""
    if due_at <= promised_at:
        return None
    whole = _open(spans, promised_at, due_at)
    if not whole:  # promised and due while the office is closed: the clock on the wall has to do
        spans, whole = [(promised_at, max(due_at, now))], due_at - promised_at
    late = now > due_at
    end = WIDTH * _due_share(whole, _open(spans, due_at, now)) if late else WIDTH
    gone = end if late else end * (_open(spans, promised_at, now) / whole)
    ticks = list(_ticks(whole, end))
    return Scale(
        ticks="".join(path for x, path in ticks if x <= gone),
        rest="".join(path for x, path in ticks if x > gone),
        now="" if late else f"M{_short(min(max(gone, 1.5), WIDTH - 2))} 0V{HEIGHT}",
        over=f"M{_short(end)} {HEIGHT - 1.5:g}H{WIDTH - 2:g}V0" if late else "",
    )


def _open(spans: Sequence[Span], start: datetime, end: datetime) -> timedelta:
    shares = (min(closes, end) - max(opens, start) for opens, closes in spans)
    return sum((share for share in shares if share > timedelta()), timedelta())


def _due_share(whole: timedelta, over: timedelta) -> float:
    least, most = LATE_SHARE
    return min(max(whole / (whole + over), least), most)


def _ticks(whole: timedelta, end: float) -> Iterator[tuple[float, str]]:
    step = _step(whole)
    for number in count():
        at = number * step / whole
        if at >= 1:
            break
        x = min(max(end * at, 0.5), WIDTH - 0.5)
        yield x, f"M{_short(x)} {4 if number % TALL_EACH == 0 else 7}V{HEIGHT}"
    x = min(end, WIDTH - 0.5)
    yield x, f"M{_short(x)} 4V{HEIGHT}"


def _step(whole: timedelta) -> timedelta:
    """The shortest of 5, 15, 30, 60, 120 … minutes that keeps the ticks apart."""
    step = timedelta(minutes=5)
    while whole / step > MOST_TICKS:
        step = timedelta(minutes=15) if step < timedelta(minutes=15) else 2 * step
    return step


def _short(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0")
