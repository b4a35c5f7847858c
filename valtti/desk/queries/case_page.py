"""Everything the page of one case shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from valtti.core import clock
from valtti.core.calendars import versions_of
from valtti.customers.queries import Card, card_of
from valtti.desk.dues import Due
from valtti.desk.models import (
    Case,
    CaseLink,
    CaseTag,
    Closure,
    Draft,
    Milestone,
    Participant,
    Pause,
    Presence,
    Promise,
)
from valtti.desk.models.words import Direction, PromiseEnd
from valtti.desk.queries.board import Board, board_of
from valtti.desk.queries.matters import Kept, kept_of
from valtti.desk.queries.offers import Offer, offers_for
from valtti.desk.queries.queue import PRESENT
from valtti.desk.queries.talk import Band, Entry, talk_of
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of the case: what it measures, when it is due, whether it was met, and why it runs."""

    milestone: Milestone
    now: datetime

    @property
    def due(self) -> Due | None:
        """None once it is met, or where nothing is measured."""
        milestone = self.milestone
        if milestone.due_at is None or milestone.met_at is not None:
            return None
        return Due("answer", milestone.due_at, self.now)

    @property
    def is_missed(self) -> bool:
        """Met too late, or not met and past its time."""
        milestone = self.milestone
        return milestone.due_at is not None and (milestone.met_at or self.now) > milestone.due_at


@dataclass(frozen=True, slots=True)
class CasePage:
    """What `desk/case_detail.html` needs. `seen_event` goes into every form that writes."""

    case: Case
    now: datetime
    seen_event: int
    talk: list[Band]
    board: Board | None
    standing: list[Promise]
    ended: list[Promise]
    pause: Pause | None
    clocks: list[Clock]
    participants: list[Participant]
    recipients: list[Participant]
    links: list[CaseLink]
    perhaps: list[CaseLink]
    tags: list[CaseTag]
    closures: list[Closure]
    others: list[Presence]
    answer: Draft | None
    note: Draft | None
    card: Card | None
    kept: Kept | None
    offers: list[Offer]
    language: str

    @property
    def pending(self) -> bool:
        """A sender waits to be let in."""
        return any(entry.message.pending and entry.message.refused_at is None for entry in self.entries)

    @property
    def entries(self) -> list[Entry]:
        """All messages in order."""
        return [entry for band in self.talk for entry in band.entries]

    @property
    def sender(self) -> str:
        """While no customer is named: the name that the first letter gives."""
        heard = (entry.author for entry in self.entries if entry.message.direction == Direction.IN)
        return next(heard, "") if self.case.customer_id is None else ""

    @property
    def encounter_number(self) -> int:
        """Which encounter it is now."""
        return max((band.number for band in self.talk), default=0)

    @property
    def clock(self) -> Clock | None:
        """The clock that runs now."""
        return next((clock for clock in self.clocks if clock.due is not None), None)


def case_page(case: Case, user: User) -> CasePage:
    """The page as this user may see it. `case` comes from `Case.objects.visible_to(user)`."""
    now = clock.now()
    versions = versions_of(case.team.calendar)
    promises = list(case.promises.select_related("owner", "made_by", "said_in", "evidence_message").order_by("due_at"))
    standing = [promise for promise in promises if promise.ended_at is None]
    participants = list(case.participants.select_related("contact_point__customer", "decided_by").order_by("id"))
    recipients = [person for person in participants if person.can_be_written_to]
    links = _links(case, user)
    drafts = {draft.kind: draft for draft in case.drafts.filter(author=user)}
    pause = case.pauses.filter(ended_at=None).first()
    return CasePage(
        case=case,
        now=now,
        seen_event=case.last_event,
        talk=talk_of(case, user),
        board=board_of(standing, versions, now),
        standing=standing,
        ended=[promise for promise in promises if promise.ended_at and promise.end != PromiseEnd.UNDONE],
        pause=pause,
        clocks=_clocks(case, now),
        participants=participants,
        recipients=recipients,
        links=[link for link in links if link.kind != "perhaps"],
        perhaps=[link for link in links if link.kind == "perhaps"],
        tags=list(case.tag_rows.filter(removed_at=None).select_related("tag", "by").order_by("tag__name")),
        closures=list(case.closures.select_related("closed_by", "reopened_by").order_by("closed_at")),
        others=others_at(case, user),
        answer=drafts.get("answer"),
        note=drafts.get("note"),
        card=card_of(case.customer, user) if case.customer else None,
        kept=kept_of(case.customer, user) if case.customer else None,
        offers=offers_for(case, pause, versions, now),
        language=language_of(case, recipients),
    )


def others_at(case: Case, user: User) -> list[Presence]:
    """Colleagues who look at the case now, or write in it."""
    here = case.presences.filter(seen_at__gt=clock.now() - PRESENT)
    return list(here.exclude(user=user).select_related("user").order_by("id"))


def language_of(case: Case, recipients: Sequence[Participant]) -> str:
    """The language an answer is written in: the first recipient's, else the case's."""
    return recipients[0].contact_point.language if recipients else case.language


def _clocks(case: Case, now: datetime) -> list[Clock]:
    rows = case.milestones.select_related("target__version__policy", "encounter").order_by("started_at", "id")
    return [Clock(row, now) for row in rows]


def _links(case: Case, user: User) -> list[CaseLink]:
    of_this = CaseLink.objects.visible_to(user).of(case).exclude(kind="settled")
    return list(of_this.select_related("a", "b").order_by("id"))
