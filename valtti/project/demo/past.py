"""The weeks before this one: every story begins and ends in them, Mondays are heavy and nights quiet (pure)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.library import Thread, threads
from valtti.project.demo.plan import Planner, Story, ends_at, says_tomorrow_rightly

STORIES, WEEKS = 330, 8
ALIVE_TODAY = "katja-router-second"
"""The one story of the cast that is still going on."""

FIRST_NUMBER = 1
TIMES = 2
_DAYS = (30, 20, 18, 16, 13, 2, 1)
_HOURS = (0, 0, 0, 0, 0, 1, 2, 6, 14, 20, 20, 16, 12, 13, 13, 12, 9, 6, 4, 4, 4, 3, 2, 1)
_OFFICE_DAYS, _OFFICE_HOURS = 5, range(8, 17)


def past(anchor: Anchor, hours: Sequence[Hours], seed: int, count: int = STORIES) -> list[Story]:
    """So many stories that end before the anchor, those of the cast first."""
    planner = Planner(hours, f"past {seed}", first=FIRST_NUMBER)
    cast = [thread for thread in threads() if thread.customer and not thread.only and thread.id != ALIVE_TODAY]
    starts = _in_order(planner, anchor, cast[:count])
    for thread, moments in [*starts, *_anywhere(planner, anchor, count - len(starts))]:
        planner.add(thread, moments)
    return planner.stories


def _in_order(planner: Planner, anchor: Anchor, cast: Sequence[Thread]) -> list[tuple[Thread, list[datetime]]]:
    """The cast's stories follow each other as they stand in the library, each person's own ones."""
    placed = []
    for who in dict.fromkeys(thread.customer for thread in cast):
        own = [thread for thread in cast if thread.customer == who]
        begins = sorted((_fitting(planner, anchor, thread) for thread in own), key=lambda moments: moments[0])
        for thread, moments in zip(own, begins, strict=True):
            again = planner.moments(thread, moments[0])
            fits = _fits(planner, thread, again, anchor)
            placed.append((thread, again if fits else _fitting(planner, anchor, thread)))
    return placed


def _anywhere(planner: Planner, anchor: Anchor, count: int) -> Iterator[tuple[Thread, list[datetime]]]:
    for thread in planner.drawn(max(count, 0), planner.free, times=TIMES):
        yield thread, _fitting(planner, anchor, thread)


def _fitting(planner: Planner, anchor: Anchor, thread: Thread) -> list[datetime]:
    while True:
        begins = _start(planner.chance, anchor, thread)
        if not calendar.is_open(begins, planner.hours) and thread.channel == "phone":
            continue
        moments = planner.moments(thread, begins)
        if _fits(planner, thread, moments, anchor):
            return moments


def _fits(planner: Planner, thread: Thread, moments: Sequence[datetime], anchor: Anchor) -> bool:
    return ends_at(moments, planner.hours) < anchor.begins and says_tomorrow_rightly(thread, moments)


def _start(chance: random.Random, anchor: Anchor, thread: Thread) -> datetime:
    """A moment at which somebody would write; calls come in opening hours."""
    week = chance.randint(-WEEKS, -1)
    day = chance.choices(range(7), _DAYS)[0]
    hour = chance.choices(range(24), _HOURS)[0]
    if thread.channel == "phone":
        day, hour = min(day, _OFFICE_DAYS - 1), chance.choice(_OFFICE_HOURS)
    return anchor.moment(((week * 7 + day) * 24 + hour) * 3600 + chance.randint(0, 3599))
