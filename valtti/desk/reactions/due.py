"""Something was promised, asked or received: what is to happen at which time."""

from __future__ import annotations

from datetime import datetime, timedelta

from valtti.core import calendar, clock
from valtti.core.calendars import versions_of
from valtti.core.events import on
from valtti.core.models import Event
from valtti.desk import clock as reckoning
from valtti.desk import tasks
from valtti.desk.models import Encounter, Milestone, Pause, Promise

THANKS_WAIT = 4 * 3600
WARN_BEFORE = (("two_hours", 2 * 3600), ("half_hour", 1800))


@on("message.received")
def queue_receipt(event: Event) -> None:
    """Safe twice: a letter has one receipt. Only the letter that opened a case gets one."""
    if event.facts.get("opened_case"):
        tasks.confirm_receipt.enqueue(event.subject_id, bool(event.facts.get("may_be_answered_automatically")))


@on("encounter.opened")
def watch_encounter(event: Event) -> None:
    """Safe twice: one task a moment."""
    encounter = Encounter.objects.select_related("case__team__calendar").filter(pk=event.subject_id).first()
    if encounter is None:
        return
    if encounter.thanks == "suggested" and not encounter.case.is_open:
        versions = versions_of(encounter.case.team.calendar)
        ends = reckoning.after(encounter.opened_at, THANKS_WAIT, reckoning.WORKING, versions)
        tasks.read_unconfirmed_thanks.using(run_after=ends or encounter.opened_at).enqueue(encounter.pk)
    for milestone in encounter.milestones.select_related("target"):
        _watch_milestone(milestone, encounter)


@on("sla.bound")
def watch_bound_case(event: Event) -> None:
    """Safe twice: one task a moment."""
    rows = Milestone.objects.filter(case=event.facts["case_id"], met_at=None).select_related("target", "encounter")
    for milestone in rows.select_related("encounter__case__team__calendar"):
        if milestone.encounter is not None:
            _watch_milestone(milestone, milestone.encounter)


@on("promise.made")
@on("promise.reinstated")
def watch_promise(event: Event) -> None:
    """Safe twice: one task a moment for each time the promise began to stand. What has passed is told at once."""
    promise = Promise.objects.select_related("case__team__calendar").get(pk=event.subject_id)
    if promise.ended_at is not None:
        return
    versions, now = versions_of(promise.case.team.calendar), clock.now()
    due = promise.due_at.isoformat()
    for stage, seconds in WARN_BEFORE:
        moment = _before(promise, stage, seconds, versions)
        if moment > now:
            tasks.warn_of_promise.using(run_after=moment).enqueue(promise.pk, due, stage, event.pk)
    tasks.warn_of_promise.using(run_after=promise.due_at).enqueue(promise.pk, due, "overdue", event.pk)


@on("case.paused")
def watch_pause(event: Event) -> None:
    """Safe twice: one task a moment."""
    pause = Pause.objects.get(pk=event.subject_id)
    if pause.expected_until is not None and pause.ended_at is None:
        until = pause.expected_until
        tasks.end_waiting.using(run_after=until).enqueue(pause.pk, until.isoformat())


def _watch_milestone(milestone: Milestone, encounter: Encounter) -> None:
    target, due_at = milestone.target, milestone.due_at
    if target is None or due_at is None or milestone.met_at is not None:
        return
    versions = versions_of(encounter.case.team.calendar)
    for share in [*target.warn_at, 1.0]:
        moment = reckoning.after(milestone.started_at, target.seconds * share, target.hours, versions) or due_at
        if moment > clock.now():
            tasks.warn_of_milestone.using(run_after=moment).enqueue(encounter.pk, due_at.isoformat(), share)


def _before(promise: Promise, stage: str, seconds: int, versions: list[calendar.Hours]) -> datetime:
    if stage == "two_hours" and versions:
        return reckoning.before(promise.due_at, seconds, versions)
    return promise.due_at - timedelta(seconds=seconds)
