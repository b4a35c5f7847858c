"""Load the demo company: build the firm, live its stories in the order of time, leave today alive."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction

from valtti.channels import ingest
from valtti.channels.ingest.filing import Outcome
from valtti.channels.models import RawItem
from valtti.core import clock, tasks
from valtti.project.demo.house import House, build
from valtti.project.demo.live import Life, chronicle
from valtti.project.demo.plan import Planner

SEED = 20
AT_ONCE = 50
"""Turns lived in one transaction: each by itself would wait for the disk a few times."""

type Say = Callable[[str], None]


class Reader:
    """Reads letters one by one as they come, with one limited child for all of them."""

    def __init__(self) -> None:
        self._waiting: deque[RawItem] = deque()
        self._outcomes: Iterator[Outcome] = ingest.interpret_many(self._handed_in())

    def read(self, item: RawItem) -> Outcome:
        """Interpret this letter now."""
        self._waiting.append(item)
        return next(self._outcomes)

    def _handed_in(self) -> Iterator[RawItem]:
        while self._waiting:
            yield self._waiting.popleft()


def load(now: datetime, logins: Path, say: Say, *, seed: int = SEED, stories: int | None = None) -> House:
    """Everything of the demo up to `now`; the same seed and now give the same rows."""
    opened = (now - timedelta(days=400)).date()
    with clock.at(now - timedelta(days=60)):
        house = build(date(opened.year, 1, 1), logins)
    say("made the firm, its teams and its people")
    planned = Planner(house.hours, now, seed=seed).plan()[:stories]
    reader = Reader()
    lives = [Life(house, story, seed, reader.read) for story in planned if story.moments]
    turns = list(chronicle(lives))
    for start in range(0, len(turns), AT_ONCE):
        with transaction.atomic():
            for moment, life, place in turns[start : start + AT_ONCE]:
                _live(moment, life, place)
        say(f"lived {min(start + AT_ONCE, len(turns))} of {len(turns)} turns")
    return house


def _live(moment: datetime, life: Life, place: int) -> None:
    with clock.at(moment):
        life.live(place)
    if place == len(life.story.moments) - 1:
        with clock.at(moment + timedelta(minutes=2)):
            life.finish()
            tasks.run_ready()
