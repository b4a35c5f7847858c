"""Many stories lived in the order of time, a few of them in each transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from datetime import datetime

from django.db import transaction

from valtti.channels import ingest
from valtti.channels.ingest.filing import Outcome
from valtti.channels.models import RawItem
from valtti.core import clock, tasks
from valtti.project.demo import slots
from valtti.project.demo.house import House
from valtti.project.demo.live import Life
from valtti.project.demo.plan import Story, ends_at
from valtti.project.demo.slots import ShowDay

AT_ONCE = 50
"""Turns lived in one transaction: each by itself would wait for the disk a few times."""

type Say = Callable[[str], None]


class Reader:
    """Reads letters one by one as they come, with one limited child for all of them."""

    def __init__(self) -> None:
        self._waiting: deque[RawItem] = deque()
        self._outcomes = self._read_on()

    def read(self, item: RawItem) -> Outcome:
        """Interpret this letter now."""
        self._waiting.append(item)
        return next(self._outcomes)

    def close(self) -> None:
        """Give the child back."""
        self._outcomes.close()

    def _read_on(self) -> Generator[Outcome]:
        yield from ingest.interpret_many(self._handed_in())

    def _handed_in(self) -> Iterator[RawItem]:
        while self._waiting:
            yield self._waiting.popleft()


def live_all(house: House, stories: Sequence[Story], say: Say, *, show_day: ShowDay = slots.day_in) -> list[Life]:
    """Every turn of every story."""
    with closing(Reader()) as reader:
        lives = [Life(house, story, reader.read, show_day) for story in stories if story.moments]
        turns = list(_chronicle(lives))
        for start in range(0, len(turns), AT_ONCE):
            with transaction.atomic():
                for moment, life, place in turns[start : start + AT_ONCE]:
                    _live(moment, life, place)
            say(f"lived {min(start + AT_ONCE, len(turns))} of {len(turns)} turns")
    return lives


def _chronicle(lives: Sequence[Life]) -> Iterator[tuple[datetime, Life, int]]:
    """Every turn in the order of time; the place after the last one is the end of a story."""
    turns = [(moment, life.story.number, place) for life in lives for place, moment in enumerate(life.story.moments)]
    turns += [
        (ends_at(life.story.moments, life.house.hours), life.story.number, len(life.story.moments))
        for life in lives
        if life.story.is_whole
    ]
    by_number = {life.story.number: life for life in lives}
    for moment, number, place in sorted(turns):
        yield moment, by_number[number], place


def _live(moment: datetime, life: Life, place: int) -> None:
    with clock.at(moment):
        if place < len(life.story.moments):
            life.live(place)
        else:
            life.finish()
        tasks.run_ready()
