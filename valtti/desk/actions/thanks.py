"""Perhaps only thanks: confirmed by one key, or read as a matter after all."""

from __future__ import annotations

from django.db import transaction

from valtti.desk.actions.closures import reopen_now
from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.impossible import NotThanks
from valtti.desk.models import Case, Encounter
from valtti.desk.models.words import ReopenCause
from valtti.people.models import User


@transaction.atomic
def confirm_thanks(*, encounter: Encounter, by: User) -> Encounter:
    """Nothing but thanks: no contact, and no answer is owed."""
    case, encounter = _suggested(encounter)
    encounter.thanks = "confirmed"
    encounter.save(update_fields=["thanks"])
    tell("encounter.thanked", case=case, subject=encounter, by=by)
    refresh(case)
    return encounter


@transaction.atomic
def deny_thanks(*, encounter: Encounter, by: User | None) -> Encounter:
    """There is more in it: an ordinary encounter from its receipt on; a closed case is open again."""
    case, encounter = _suggested(encounter)
    encounter.thanks = "no"
    encounter.save(update_fields=["thanks"])
    tell("encounter.read_as_matter", case=case, subject=encounter, by=by)
    closure = case.closures.filter(reopened_at=None).first()
    if closure is not None:
        reopen_now(case, closure, by=by, cause=ReopenCause.CUSTOMER, at=encounter.opened_at)
    refresh(case)
    return encounter


@transaction.atomic
def give_up_waiting(*, encounter: Encounter) -> Encounter:
    """Nobody has confirmed it for four working hours: a closed case is reopened. Safe twice."""
    case = locked(encounter.case)
    encounter = Encounter.objects.get(pk=encounter.pk)
    if encounter.thanks != "suggested" or case.is_open:
        return encounter
    return deny_thanks(encounter=encounter, by=None)


def _suggested(encounter: Encounter) -> tuple[Case, Encounter]:
    case = locked(encounter.case)
    encounter = Encounter.objects.get(pk=encounter.pk)
    if encounter.thanks != "suggested":
        raise NotThanks
    return case, encounter
