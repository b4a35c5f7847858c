"""This week and this hour: what has been done since Monday, and what waits, stands or is the customer's turn (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from valtti.core import calendar
from valtti.core.hours import Hours
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.customers import People
from valtti.project.demo.due import due_at
from valtti.project.demo.library import Thread, threads
from valtti.project.demo.past import ALIVE_TODAY
from valtti.project.demo.plan import (
    Planner,
    Story,
    asks_back,
    asks_more,
    back,
    ends_at,
    first_promise,
    length,
    says_tomorrow_rightly,
)

FIRST_NUMBER = 10_001
AINO, TIMO = "Aino Korhonen", "Timo Hakala"
WAITING, WAITING_FOR_AINO, STANDING, THEIR_TURN = 11, 3, 3, 6
DONE_A_DAY, DONE_BY_AINO = 2, 3
OWED_AFTER = 7
SOON, LATE = "fi-scam-text", "fi-fault-promised-call"
"""A call promised within an hour, and one promised without naming the hour: their words hold at any time of day."""

JUST_NOW = timedelta(minutes=5)
LATE_BY = timedelta(minutes=20)


class Today:
    """Plans what is alive at `now`; no conversation stands in two open cases."""

    def __init__(self, hours: Sequence[Hours], now: datetime, seed: int, taken: Collection[str] = ()) -> None:
        self.hours = hours
        self.now = now
        self.planner = Planner(hours, f"today {seed}", first=FIRST_NUMBER)
        self.planner.people = People(self.planner.chance, taken=taken, phones=range(5_000, 9_000))
        self.chance = self.planner.chance
        self.pool = [thread for thread in self.planner.free if thread.id not in (SOON, LATE)]

    def plan(self, anchor: Anchor) -> list[Story]:
        """Every story of the week, what is promised first."""
        self._standing()
        self._waiting()
        self._their_turn()
        self._done(anchor)
        return self.planner.stories

    def _waiting(self) -> None:
        """Letters that wait for an answer: some to a colleague, the others to nobody yet, in all teams."""
        asking = [thread for thread in self.pool if asks_more(thread) and thread.language == "fi" and _homes(thread)]
        for place, thread in enumerate(self._taken_from(asking, WAITING_FOR_AINO)):
            asked = asks_more(thread)
            began = self._ago(length(thread, asked) + 1_500 + place * 4_000)
            self._add(thread, began, asked + 1, agent=AINO)
        ages = iter(600 + place * self.chance.randint(1_300, 2_400) for place in range(WAITING))
        letters = [thread for thread in self.pool if thread.channel == "email" and thread.turns[0].by == "customer"]
        first = [thread for thread in letters if thread.mood != "thankful"]
        for language, count in (("fi", 4 - self._owed_beside_a_promise()), ("ru", 1), ("en", 1), ("sv", 1)):
            home = [thread for thread in first if thread.language == language and _homes(thread)]
            for thread in self._taken_from(home, count):
                self._add(thread, self._ago(next(ages)), 1)
        for thread in self._taken_from([thread for thread in first if not _homes(thread)], 1):
            self._add(thread, self._ago(next(ages)), 1)

    def _owed_beside_a_promise(self) -> int:
        """The cast's letter that a call has promised something about, but not answered."""
        return sum(
            story.thread.id == ALIVE_TODAY and len(story.moments) == OWED_AFTER for story in self.planner.stories
        )

    def _standing(self) -> None:
        """Promises: one due within the hour, one late, the cast's, others later today and in the coming days."""
        by_id = {thread.id: thread for thread in threads()}
        soon, late, cast = (by_id[name] for name in (SOON, LATE, ALIVE_TODAY))
        self._add(soon, self._ago(length(soon, 1) + int(JUST_NOW.total_seconds())), 2, agent=AINO)
        self._add(late, self._ago(14_000), 1, agent=TIMO, due=self._ago(int(LATE_BY.total_seconds())))
        self._promised(cast, 5, OWED_AFTER)
        promising = [thread for thread in self.pool if "workday" in _words(thread) and _goes_on(thread)]
        if self.now.weekday() > 3:
            promising = [thread for thread in promising if not _words(thread).startswith("next")]
        for thread in self._taken_from(promising, STANDING):
            self._promised(thread, first_promise(thread) + 1)

    def _promised(self, thread: Thread, *cuts: int) -> None:
        """Lived up to the first cut at which its promise stands; failing that, due in an hour and a half."""
        lived = [self._lived_lately(thread, turns) for turns in cuts]
        standing = [moments for moments in lived if self._stands(thread, moments)]
        if standing:
            self.planner.add(thread, standing[0])
        else:
            self.planner.add(thread, lived[-1], due=calendar.add(self.now, 5_400, self.hours))

    def _lived_lately(self, thread: Thread, turns: int) -> list[datetime]:
        began = self._ago(length(thread, turns - 1) + self.chance.randint(2_000, 9_000))
        return self.planner.moments(thread, began)[:turns]

    def _stands(self, thread: Thread, moments: Sequence[datetime]) -> bool:
        promise = thread.turns[len(moments) - 1].promise
        assert promise is not None, thread.id
        return due_at(promise.due, moments[-1], self.hours) > self.now and says_tomorrow_rightly(thread, moments)

    def _their_turn(self) -> None:
        """Answers that wait for the customer's word."""
        for thread in self._taken_from([thread for thread in self.pool if asks_back(thread)], THEIR_TURN):
            asked = asks_back(thread)
            self._add(thread, self._ago(length(thread, asked) + self.chance.randint(6_000, 50_000)), asked + 1)

    def _done(self, anchor: Anchor) -> None:
        """What began and ended since Monday, more of it as the week goes on."""
        days = (self.now - anchor.begins) / timedelta(days=1)
        promising = [thread for thread in self.pool if first_promise(thread) and _homes(thread)]
        for_aino = [thread for thread in promising if thread.language == "fi" and len(thread.turns) <= 4]
        self._within(anchor, for_aino, min(int(days), DONE_BY_AINO), agent=AINO)
        self._within(anchor, self.pool, int(min(days, 5) * DONE_A_DAY))

    def _within(self, anchor: Anchor, pool: Sequence[Thread], count: int, agent: str = "") -> None:
        opens = calendar.next_opening(anchor.begins, self.hours)
        for thread in self.planner.drawn(len(pool), pool):
            if not count:
                return
            room = self.now - opens - timedelta(minutes=30)
            began = calendar.next_opening(opens + room * self.chance.random(), self.hours) if room else opens
            moments = self.planner.moments(thread, began)
            if ends_at(moments, self.hours) < self.now and says_tomorrow_rightly(thread, moments):
                self.planner.add(thread, moments, agent=agent)
                count -= 1

    def _taken_from(self, pool: Collection[Thread], count: int) -> list[Thread]:
        """Drawn once and for all: no other open case has the same conversation."""
        found = self.planner.drawn(count, pool)
        self.pool = [thread for thread in self.pool if thread not in found]
        return found

    def _add(
        self, thread: Thread, began: datetime, turns: int, *, agent: str = "", due: datetime | None = None
    ) -> None:
        self.planner.add(thread, self.planner.moments(thread, began)[:turns], agent=agent, due=due)

    def _ago(self, seconds: int) -> datetime:
        """The instant so much working time before now."""
        return back(self.now, seconds, self.hours)


def _homes(thread: Thread) -> bool:
    return not thread.topic.startswith("business")


def _words(thread: Thread) -> str:
    promise = thread.turns[first_promise(thread)].promise
    return promise.due if promise else ""


def _goes_on(thread: Thread) -> bool:
    """Something happens after its first promise."""
    return first_promise(thread) + 1 < len(thread.turns)
