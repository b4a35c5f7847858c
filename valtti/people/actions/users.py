"""People of the house: invited, given roles and skills, let go and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from valtti.core import events
from valtti.core.audit_marks import marked
from valtti.people import letters, log
from valtti.people.actions.passwords import make_link
from valtti.people.actions.sessions import end_sessions
from valtti.people.impossible import LastAdministrator, NotYourself
from valtti.people.models import HouseRole, Membership, Purpose, User, UserSkill, WorkingLanguage

type Roles = frozenset[tuple[int, str]]


@transaction.atomic
def invite(*, email: str, name: str, language: str, house_role: str, roles: Roles, by: User) -> User:
    """Make an account without a password and post its owner a link that stands for seven days."""
    user = User.objects.create_user(email, None, name=name, language=language, house_role=house_role)
    Membership.objects.bulk_create(Membership(user=user, team_id=team, role=role) for team, role in sorted(roles))
    log.note("user.made", by=by, subject=user, after=_roles_in_words(house_role, roles))
    events.record("user.invited", subject=user, by=by)
    send_invitation(user=user, by=by)
    return user


@transaction.atomic
def send_invitation(*, user: User, by: User) -> None:
    """Post a fresh link to choose a password; the one before no longer works."""
    link, token = make_link(user=user, purpose=Purpose.INVITATION, made_by=by)
    letters.post_letter(to=user, kind="invitation", key=str(link.pk), context={"token": token, "by": by})
    log.note("user.link_sent", by=by, subject=user)


@transaction.atomic
def change_roles(*, user: User, house_role: str, roles: Roles, by: User, keep_session: int | None = None) -> User:
    """Other roles: written down before and after, and other logins of the person end."""
    user = User.objects.select_for_update().get(pk=user.pk)
    before, was = frozenset(user.memberships.values_list("team_id", "role")), user.house_role
    if (before, was) == (roles, house_role):
        return user
    if was == HouseRole.ADMINISTRATOR != house_role:
        _leave_another_administrator(user)
    for team_id, role in before - roles:
        user.memberships.filter(team_id=team_id, role=role).delete()
    Membership.objects.bulk_create(Membership(user=user, team_id=team, role=role) for team, role in roles - before)
    user.house_role = house_role
    user.save(update_fields=["house_role"])
    _tell_of_roles(user, by, _roles_in_words(was, before), _roles_in_words(house_role, roles))
    end_sessions(user=user, why="roles", by=by, besides=keep_session)
    return user


@transaction.atomic
def change_details(*, user: User, name: str, called: str, email: str, by: User) -> User:
    """Another name or address. A new address is where links go from now on, so it is written down."""
    user = User.objects.select_for_update().get(pk=user.pk)
    told = {"name": name, "called": called, "email": email.strip().lower()}
    changed = [field for field, value in told.items() if getattr(user, field) != value]
    before = {field: marked(getattr(user, field), of=user) for field in changed}
    user.name, user.called, user.email = told["name"], told["called"], told["email"]
    user.save(update_fields=["name", "called", "email"])
    log.note(
        "user.details",
        by=by,
        subject=user,
        before=before,
        after={field: marked(told[field], of=user) for field in changed},
    )
    return user


@transaction.atomic
def change_skills(*, user: User, skills: dict[int, int], languages: dict[str, int], by: User) -> None:
    """What a person can do and in which languages; levels from 1 to 3, what is missing is not had."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.skills.all().delete()
    user.languages.all().delete()
    UserSkill.objects.bulk_create(UserSkill(user=user, skill_id=skill, level=n) for skill, n in skills.items())
    WorkingLanguage.objects.bulk_create(WorkingLanguage(user=user, language=c, level=n) for c, n in languages.items())
    log.note("user.skills", by=by, subject=user)


@transaction.atomic
def let_go(*, user: User, by: User) -> User:
    """Close an account: logins end, links are void, roles stay written for a return."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise NotYourself
    if not user.is_active:
        return user
    if user.house_role == HouseRole.ADMINISTRATOR:
        _leave_another_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user, why="left", by=by)
    log.note("user.left", by=by, subject=user)
    events.record("user.left", subject=user, by=by)
    return user


@transaction.atomic
def take_back(*, user: User, by: User) -> User:
    """Open a closed account again, with the roles it had."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return user
    user.is_active = True
    user.save(update_fields=["is_active"])
    log.note("user.returned", by=by, subject=user)
    events.record("user.returned", subject=user, by=by)
    return user


@transaction.atomic
def reset_factors(*, user: User, by: User) -> int:
    """Take away lost factors of another person, who is told by letter; how many there were."""
    if user.pk == by.pk:
        raise NotYourself
    user = User.objects.select_for_update().get(pk=user.pk)
    count, _by_kind = Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user, why="factors", by=by)
    log.note("user.factors_reset", by=by, subject=user, before=count, after=0)
    event = events.record("user.factors_reset", subject=user, by=by)
    letters.post_letter(to=user, kind="factors_reset", key=str(event.pk), context={"by": by})
    return count


def _leave_another_administrator(user: User) -> None:
    others = User.objects.active().filter(house_role=HouseRole.ADMINISTRATOR).exclude(pk=user.pk)
    if not others.select_for_update().exists():
        raise LastAdministrator


def _roles_in_words(house_role: str, roles: Iterable[tuple[int, str]]) -> dict[str, Any]:
    return {"house": house_role, "teams": sorted([team, role] for team, role in roles)}


def _tell_of_roles(user: User, by: User, before: dict[str, Any], after: dict[str, Any]) -> None:
    log.note("user.roles", by=by, subject=user, before=before, after=after)
    events.record("user.roles_changed", subject=user, by=by, facts={"before": before, "after": after})
