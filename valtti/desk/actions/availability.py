"""Saying that one is here, away or off duty, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from valtti.core import clock, events
from valtti.desk.impossible import AwayUntilThePast
from valtti.desk.models import Availability
from valtti.desk.models.words import Presentness
from valtti.people.models import User


@transaction.atomic
def set_availability(*, user: User, state: str, until: datetime | None = None) -> Availability:
    """From now on, until then or until one says otherwise; the spell before ends now."""
    User.objects.select_for_update().get(pk=user.pk)
    now = clock.now()
    if until is not None and until <= now:
        raise AwayUntilThePast
    Availability.objects.filter(user=user).filter(Q(until_at=None) | Q(until_at__gt=now)).update(until_at=now)
    spell = Availability.objects.create(user=user, state=Presentness(state).value, until_at=until)
    events.record("availability.set", subject=spell, by=user, facts={"state": spell.state})
    return spell
