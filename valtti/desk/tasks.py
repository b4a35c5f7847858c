"""What the desk does at a set time: tells that something is due, ends waiting, decides on unconfirmed thanks."""

from __future__ import annotations

from datetime import datetime

from valtti.core.tasks import task
from valtti.desk.actions.automatic import send_receipt
from valtti.desk.actions.pauses import expire
from valtti.desk.actions.telling import tell_milestone, tell_promise_due
from valtti.desk.actions.thanks import give_up_waiting
from valtti.desk.models import Encounter, Message, Pause, Promise


@task(key="promise:{0}:{1}:{2}:{3}")
def warn_of_promise(promise_id: int, due_at: str, stage: str, standing_since: int = 0) -> bool:
    """Tell the owner before the promised time, the lead when it has passed."""
    promise = Promise.objects.select_related("case").get(pk=promise_id)
    due = datetime.fromisoformat(due_at)
    return tell_promise_due(promise=promise, due_at=due, stage=stage, standing_since=standing_since)


@task(key="milestone:{0}:{1}:{2}")
def warn_of_milestone(encounter_id: int, due_at: str, share: float) -> bool:
    """Tell that an answer is due soon, or missed."""
    encounter = Encounter.objects.select_related("case").get(pk=encounter_id)
    return tell_milestone(encounter=encounter, due_at=datetime.fromisoformat(due_at), share=share)


@task(key="thanks:{0}")
def read_unconfirmed_thanks(encounter_id: int) -> None:
    """Four working hours have passed and nobody said that it was only thanks."""
    give_up_waiting(encounter=Encounter.objects.select_related("case").get(pk=encounter_id))


@task(key="pause:{0}:{1}")
def end_waiting(pause_id: int, expected_until: str) -> None:
    """The day on which somebody else was to act has come."""
    expire(pause=Pause.objects.select_related("case").get(pk=pause_id))


@task(key="receipt:{0}")
def confirm_receipt(message_id: int, may_be_answered: bool) -> None:
    """Say that a letter has come."""
    send_receipt(message=Message.objects.select_related("case").get(pk=message_id), may_be_answered=may_be_answered)
