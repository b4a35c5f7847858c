"""How the desk's news reads on a customer's timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from valtti.core.models import Event
from valtti.customers.timeline import Line, channels, describe
from valtti.desk.models import Case, Closure, Message, Promise
from valtti.desk.models.words import Channel, PromiseEnd
from valtti.desk.queries.facts import line_of
from valtti.desk.search import state_of
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Wording:
    """Icon, title with the case's number in it, tone."""

    icon: str
    title: Lazy
    tone: str = ""
    folded: bool = False


WORDINGS: dict[str, Wording] = {
    "case.opened": Wording("inbox", _("%(case)s was opened")),
    "message.received": Wording("mail", _("A message in %(case)s")),
    "message.queued": Wording("send", _("Our answer in %(case)s")),
    "message.automatic": Wording("mail", _("An automatic message in %(case)s"), folded=True),
    "receipt.queued": Wording("radio", _("A confirmation of receipt for %(case)s"), folded=True),
    "message.bounced": Wording("triangle-alert", _("Our letter in %(case)s came back"), "bad"),
    "message.refused_for": Wording("triangle-alert", _("Our letter in %(case)s did not reach everybody"), "bad"),
    "message.failed": Wording("triangle-alert", _("Our letter in %(case)s could not be sent"), "bad"),
    "note.written": Wording("lock", _("A note in %(case)s")),
    "promise.made": Wording("handshake", _("A promise in %(case)s"), "live"),
    "promise.kept": Wording("check", _("A promise in %(case)s was kept"), "good"),
    "promise.moved": Wording("calendar-days", _("A promise in %(case)s was moved")),
    "promise.broken": Wording("x", _("A promise in %(case)s was broken"), "bad"),
    "promise.reinstated": Wording("rotate-ccw", _("A promise in %(case)s stands again"), "live"),
    "promise.withdrawn": Wording("x", _("A promise in %(case)s was withdrawn at the customer’s wish")),
    "case.closed": Wording("check", _("%(case)s was closed"), "calm"),
    "case.reopened": Wording("rotate-ccw", _("%(case)s was opened again"), "warn"),
    "case.restricted": Wording("lock", _("%(case)s was restricted")),
    "case.unrestricted": Wording("users-round", _("%(case)s was opened to the team again")),
    "case.moved": Wording("users-round", _("%(case)s was moved to another team")),
}


channels.update({channel.value: channel.label for channel in Channel})

THEIRS = {"message.received", "message.automatic"}
"""News whose words are the customer's own; so are the titles of cases."""


@describe(*WORDINGS)
def describe_cases(events: Sequence[Event], user: User) -> Mapping[int, Line]:
    """One line for each piece of news of a case this reader may see; the same number of queries for any page."""
    cases = Case.objects.visible_to(user).in_bulk({event.facts.get("case_id") for event in events})
    messages = _rows(events, "desk.message", Message.objects.filter(undone_at=None))
    promises = _rows(events, "desk.promise", Promise.objects.exclude(end=PromiseEnd.UNDONE))
    closures = Closure.objects.in_bulk({event.facts.get("closure") for event in events if "closure" in event.facts})
    lines: dict[int, Line] = {}
    for event in events:
        case = cases.get(event.facts.get("case_id"))
        if case is None or _is_gone(event, messages, promises):
            continue
        words, language = _words(event, case, messages, promises)
        line = _line(event, case, words, language, _state(event, closures))
        lines[event.pk] = replace(line, channel=_channel(event, case, messages), matter=state_of(case))
    return lines


def _rows[M: (Message, Promise)](events: Sequence[Event], kind: str, rows: QuerySet[M]) -> dict[int, M]:
    return rows.in_bulk({event.subject_id for event in events if event.subject_kind == kind})


def _is_gone(event: Event, messages: Mapping[int, Message], promises: Mapping[int, Promise]) -> bool:
    """Of a letter that was undone, or of a promise made in one."""
    if event.subject_kind == "desk.message":
        return event.subject_id not in messages
    return event.subject_kind == "desk.promise" and event.subject_id not in promises


def _words(
    event: Event, case: Case, messages: Mapping[int, Message], promises: Mapping[int, Promise]
) -> tuple[str, str]:
    if event.subject_kind == "desk.message":
        message = messages[event.subject_id]
        return line_of(message), message.language or case.language
    if event.subject_kind == "desk.promise":
        return promises[event.subject_id].text, promises[event.subject_id].language
    return (case.title, case.language) if event.kind == "case.opened" else ("", "")


def _channel(event: Event, case: Case, messages: Mapping[int, Message]) -> str:
    return messages[event.subject_id].channel if event.subject_kind == "desk.message" else case.channel


def _state(event: Event, closures: Mapping[int, Closure]) -> str:
    closure = closures.get(event.facts.get("closure", 0))
    return closure.get_outcome_display() if closure and event.kind == "case.closed" else ""


def _line(event: Event, case: Case, words: str, language: str, state: str) -> Line:
    wording = WORDINGS[event.kind]
    return Line(
        event_id=event.pk,
        at=event.at,
        icon=wording.icon,
        title=str(wording.title) % {"case": case.reference},
        words=words,
        language=language,
        state=state,
        tone=wording.tone,
        url=reverse("desk:case", args=[case.pk]),
        folded=wording.folded,
        guest=event.kind in THEIRS or event.subject_kind == "desk.case",
    )
