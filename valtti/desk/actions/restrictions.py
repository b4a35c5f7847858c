"""Closing a case to all but its owner and those named, and opening it to its team again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from valtti.core import audit, clock, permissions, search
from valtti.desk.actions.keeping import locked, tell
from valtti.desk.actions.letting_in import let_in, who_is_let_in
from valtti.desk.impossible import AlreadyRestricted, NoReaderOfTheTeam, NotRestricted, ReasonMissing
from valtti.desk.models import Case, Restriction
from valtti.people.models import User

ONE_READING = timedelta(minutes=15)


@transaction.atomic
def restrict_case(*, case: Case, by: User, reason: str, readers: Iterable[User] = ()) -> Restriction:
    """From now on only its owner, those named and whoever restricted it see the case."""
    case = locked(case)
    if case.restricted:
        raise AlreadyRestricted
    restriction = Restriction.objects.create(case=case, restricted_by=by, reason=_words(reason))
    _mark(case, restricted=True)
    named = _name(case, readers, by)
    audit.note("case.restricted", by=by, subject=case, why=restriction.reason, after={"let_in": named})
    tell("case.restricted", case=case, subject=restriction, by=by)
    return restriction


@transaction.atomic
def name_readers(*, case: Case, by: User, reason: str, readers: Iterable[User]) -> Restriction:
    """Others may see it than before; whoever says so goes on seeing it."""
    case, restriction = _standing(case)
    before, after = who_is_let_in(case), _name(case, readers, by)
    audit.note(
        "case.let_in", by=by, subject=case, why=_words(reason), before={"let_in": before}, after={"let_in": after}
    )
    tell("case.let_in", case=case, subject=restriction, by=by)
    return restriction


@transaction.atomic
def lift_restriction(*, case: Case, by: User, reason: str) -> Restriction:
    """The team sees it again; nobody is let in any more, should it be restricted anew."""
    case, restriction = _standing(case)
    restriction.lifted_by, restriction.lifted_at = by, clock.now()
    restriction.save(update_fields=["lifted_by", "lifted_at"])
    _mark(case, restricted=False)
    case.let_in.all().delete()
    audit.note("case.unrestricted", by=by, subject=case, why=_words(reason))
    tell("case.unrestricted", case=case, subject=restriction, by=by)
    return restriction


def note_reading(*, case: Case, by: User) -> None:
    """Somebody reads a restricted case: noted once in a while, not with each part of the page."""
    if not case.restricted:
        return
    since = clock.now() - ONE_READING
    if not audit.was_noted("case.read", by=by, subject=case, since=since):
        audit.note("case.read", by=by, subject=case)


def _standing(case: Case) -> tuple[Case, Restriction]:
    case = locked(case)
    restriction = case.restrictions.filter(lifted_at=None).first()
    if restriction is None:
        raise NotRestricted
    return case, restriction


def _words(reason: str) -> str:
    words = " ".join(reason.split())[:300]
    if not words:
        raise ReasonMissing
    return words


def _mark(case: Case, *, restricted: bool) -> None:
    """In the same transaction for the search too: nobody finds it while a task waits."""
    case.restricted = restricted
    case.save(update_fields=["restricted"])
    search.update_case(case.pk, restricted=restricted)


def _name(case: Case, readers: Iterable[User], by: User) -> list[int]:
    """Exactly these and oneself, so that somebody is left who can lift it."""
    wanted = {user.pk: user for user in (*readers, by)}
    if not all(permissions.may(user, "cases.read", case.team_id) for user in wanted.values()):
        raise NoReaderOfTheTeam
    case.let_in.exclude(user__in=wanted).delete()
    let_in(case, wanted.values(), by)
    return sorted(wanted)
