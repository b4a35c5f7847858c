"""From an event to a hint: its topics, and who may hear them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from valtti.core.events import Cursor
from valtti.core.models import Event

LOGIN_ENDED = "session.ended"
"""The one kind of news the stream itself obeys: it closes the streams of that login."""

type Closed = Callable[[Collection[int]], Collection[int]]

_closed: list[Closed] = []


@dataclass(frozen=True, slots=True)
class Hint:
    """Something moved. `shared` topics reveal each other to their hearers; `alone` is heard by its own only."""

    cursor: Cursor
    kind: str
    topics: tuple[str, ...]
    alone: bool = False
    ended_login: int | None = None

    def subjects_for(self, heard: Collection[str]) -> list[str]:
        """What of this hint a page with these topics is told. Who hears the team learns which case moved."""
        own = [topic for topic in self.topics if topic in heard]
        if not own or self.alone:
            return own
        return own + [topic for topic in self.topics if topic.startswith("case:") and topic not in own]

    def text_for(self, heard: Collection[str]) -> str:
        """The hint as server-sent events, one for each subject; empty when it is none of the page's business."""
        return "".join(_message(self.cursor, self.kind, subject) for subject in self.subjects_for(heard))


def closed_cases(ask: Closed) -> Closed:
    """Register which of these cases may be heard of only by those let in: their team hears nothing."""
    _closed.append(ask)
    return ask


def hints_of(events: Iterable[Event]) -> list[Hint]:
    """Hints in the order of the log. Asks once for all which of their cases are closed to the team."""
    rows = list(events)
    cases = {int(row.facts["case_id"]) for row in rows if row.facts.get("case_id")}
    closed = {case for ask in _closed for case in ask(cases)} if cases else set()
    return [_hint(row, closed) for row in rows]


def _hint(event: Event, closed: Collection[int]) -> Hint:
    case, user = event.facts.get("case_id"), event.facts.get("user_id")
    alone = case in closed
    topics = [f"case:{case}"] if case else []
    topics += [f"user:{user}"] if user else []
    topics += [f"team:{event.team_id}"] if event.team_id and not alone else []
    ended = event.facts.get("session_id") if event.kind == LOGIN_ENDED else None
    return Hint(Cursor.of(event), event.kind, tuple(topics), alone, ended)


def _message(cursor: Cursor, kind: str, subject: str) -> str:
    return f"id: {cursor}\ndata: {json.dumps({'kind': kind, 'subject': subject}, separators=(',', ':'))}\n\n"
