"""What a case is about: title, topic, urgency, labels."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from valtti.core import clock
from valtti.customers.models import Touchpoint
from valtti.desk.actions.keeping import locked, tell
from valtti.desk.models import Case, CaseTag, Tag, Topic
from valtti.people.models import Team, User


@transaction.atomic
def set_topic(*, case: Case, topic: Topic | None, by: User | None, touchpoint: Touchpoint | None = None) -> Case:
    """What the matter is about; the touchpoint stays when none is named."""
    case = locked(case)
    before = case.topic_id
    case.topic = topic
    case.touchpoint = touchpoint or case.touchpoint
    case.save(update_fields=["topic", "touchpoint"])
    facts = {"from": before, "to": topic.pk if topic else None}
    tell("case.topic_set", case=case, by=by, facts=facts)
    return case


@transaction.atomic
def describe(*, case: Case, by: User, title: str | None = None, urgency: int | None = None) -> Case:
    """A better title, though what the customer wrote stays in the message; urgency from 1, at once, to 4."""
    case = locked(case)
    words = " ".join((title or "").split())[:300]
    if words and words != case.title:
        case.title = words
        case.save(update_fields=["title"])
        tell("case.renamed", case=case, by=by)
    if urgency is not None and urgency != case.urgency:
        case.urgency = min(max(urgency, 1), 4)
        case.save(update_fields=["urgency"])
        tell("case.urgency_set", case=case, by=by, facts={"urgency": case.urgency})
    return case


@transaction.atomic
def add_tag(*, case: Case, by: User | None, tag: Tag | None = None, name: str = "") -> CaseTag:
    """Label the case, with a label there is or a new one of its team. Once is enough."""
    case = locked(case)
    label = tag or tag_named(name, case.team)
    standing = case.tag_rows.filter(tag=label, removed_at=None).first()
    if standing is not None:
        return standing
    row = CaseTag.objects.create(case=case, tag=label, by=by)
    tell("case.tagged", case=case, by=by, facts={"tag": label.pk})
    return row


@transaction.atomic
def remove_tag(*, case: Case, tag: Tag, by: User | None) -> Case:
    """Take a label off; that it was there stays known."""
    case = locked(case)
    if case.tag_rows.filter(tag=tag, removed_at=None).update(removed_at=clock.now()):
        tell("case.untagged", case=case, by=by, facts={"tag": tag.pk})
    return case


def tag_named(name: str, team: Team) -> Tag:
    """The house's or the team's label of this name, however it is capitalised; made for the team if there is none."""
    words = " ".join(name.split())[:40]
    known = Tag.objects.filter(Q(team=None) | Q(team=team), name__iexact=words).order_by("team").first()
    return known or Tag.objects.create(name=words, team=team)
