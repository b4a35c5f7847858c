"""What a customer allows, and when they are left in peace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from valtti.core import clock, events
from valtti.customers.impossible import ConsentWithdrawn
from valtti.customers.models import Consent, ContactPoint, Customer, QuietPeriod
from valtti.people.models import User


@transaction.atomic
def note_consent(
    *,
    customer: Customer,
    purpose: str,
    basis: str,
    by: User | None = None,
    contact_point: ContactPoint | None = None,
    wording_version: str = "",
) -> Consent:
    """They said yes: to what, on what ground, in which wording. A standing yes is not doubled."""
    Customer.objects.select_for_update().get(pk=customer.pk)
    standing = customer.consents.filter(purpose=purpose, contact_point=contact_point, withdrawn_at=None).first()
    if standing is not None:
        return standing
    consent = customer.consents.create(
        purpose=purpose, basis=basis, contact_point=contact_point, wording_version=wording_version, recorded_by=by
    )
    events.record(
        "consent.given", subject=consent, by=by, customer_id=customer.pk, facts={"purpose": purpose, "basis": basis}
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User | None = None) -> Consent:
    """They said no again; from now on."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        raise ConsentWithdrawn
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    events.record(
        "consent.withdrawn",
        subject=consent,
        by=by,
        customer_id=consent.customer_id,
        facts={"purpose": consent.purpose},
    )
    return consent


@transaction.atomic
def begin_quiet(*, customer: Customer, reason: str, room: str, until: datetime | None = None) -> QuietPeriod:
    """Do not ask and do not promote from now on; `room` says who wished it and may end it."""
    period = customer.quiet_periods.create(reason=reason[:120], set_by_room=room, until_at=until)
    events.record("quiet.began", subject=period, customer_id=customer.pk, facts={"room": room})
    return period


@transaction.atomic
def end_quiet(*, period: QuietPeriod) -> QuietPeriod:
    """They may be asked again; ended once."""
    period = QuietPeriod.objects.select_for_update().get(pk=period.pk)
    now = clock.now()
    if period.until_at is None or period.until_at > now:
        period.until_at = now
        period.save(update_fields=["until_at"])
        events.record("quiet.ended", subject=period, customer_id=period.customer_id)
    return period
