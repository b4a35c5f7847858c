"""Time targets: published as versions, bound to cases; a running case keeps its version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max, Q

from valtti.core import clock, events
from valtti.desk.actions.keeping import tell
from valtti.desk.impossible import TargetsDoNotFit
from valtti.desk.models import Case, SlaBinding, SlaPolicy, SlaTarget, SlaVersion
from valtti.desk.models.policy import USUAL, HoursKind, MilestoneKind
from valtti.people.models import Team, User

A_YEAR = 366 * 24 * 3600
FOUR_HOURS = 4 * 3600


@transaction.atomic
def publish(
    *,
    key: str,
    title: str,
    targets: Mapping[str, int],
    team: Team | None = None,
    hours: str = HoursKind.WORKING,
    position: int = 100,
    by: User | None = None,
) -> SlaVersion:
    """A new version of a policy, made with its first one. `targets`: milestone to seconds. Immutable from here on."""
    _check(targets.items())
    policy, _is_new = SlaPolicy.objects.get_or_create(
        key=key, defaults={"title": title, "team": team, "position": position}
    )
    policy = SlaPolicy.objects.select_for_update().get(pk=policy.pk)
    number = (policy.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    version = SlaVersion.objects.create(policy=policy, number=number)
    SlaTarget.objects.bulk_create(
        SlaTarget(version=version, milestone=milestone, seconds=seconds, hours=hours)
        for milestone, seconds in targets.items()
    )
    version.published_at, version.published_by = clock.now(), by
    version.save(update_fields=["published_at", "published_by"])
    team_id = team.pk if team else None
    events.record("sla.published", subject=version, by=by, team_id=team_id, facts={"policy": key, "number": number})
    return version


def publish_default(
    *,
    first_answer_seconds: int = FOUR_HOURS,
    next_answer_seconds: int = FOUR_HOURS,
    team: Team | None = None,
    by: User | None = None,
) -> SlaVersion:
    """The usual targets: of the house, or of one team, which then come before the house's."""
    return publish(
        key=f"{USUAL}-{team.key}" if team else USUAL,
        title=team.name if team else "Usual",
        targets={MilestoneKind.FIRST_ANSWER: first_answer_seconds, MilestoneKind.NEXT_ANSWER: next_answer_seconds},
        team=team,
        position=50 if team else 100,
        by=by,
    )


def bind(case: Case) -> SlaBinding | None:
    """Bind a case being opened to the first policy that fits; no policy is a legal result. Inside its deed."""
    version = version_for(case)
    if version is None:
        return None
    binding = SlaBinding.objects.create(case=case, version=version, reason="opened")
    tell("sla.bound", case=case, subject=binding, facts={"version": version.pk})
    return binding


def version_for(case: Case) -> SlaVersion | None:
    """The latest published version of the first policy by position that is for this team or for all."""
    policies = SlaPolicy.objects.filter(Q(team=case.team_id) | Q(team=None), retired_at=None)
    for policy in policies.order_by("position", "pk"):
        version = policy.versions.exclude(published_at=None).order_by("-number").first()
        if version is not None:
            return version
    return None


def _check(targets: Iterable[tuple[str, int]]) -> None:
    rows = list(targets)
    if not rows or any(milestone not in MilestoneKind.values or not 0 < s <= A_YEAR for milestone, s in rows):
        raise TargetsDoNotFit
