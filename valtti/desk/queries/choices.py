"""What a queue can be narrowed by and what a case can be given: short lists for one reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from valtti.customers.models import Touchpoint
from valtti.desk.models import Tag, Topic
from valtti.desk.models.words import Channel
from valtti.desk.queries.filters import Filters
from valtti.desk.queries.queue import teams_of
from valtti.people.models import User

TITLES: dict[str, Lazy] = {
    "team": _("Team"),
    "language": _("Language"),
    "channel": _("Channel"),
    "topic": _("Topic"),
    "touchpoint": _("Touchpoint"),
    "tag": _("Tag"),
}
TONGUES = [("fi", "suomi"), ("ru", "русский"), ("en", "English"), ("sv", "svenska")]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the queue: its words, the address it leads to, whether it is chosen."""

    title: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One filter of the queue's head: what it is called, what is chosen, how to leave it."""

    name: str
    title: Lazy
    chosen: str
    without: str
    choices: list[Choice]


def choices_for(user: User, filters: Filters) -> dict[str, Narrowing]:
    """Every filter of the queue with its choices; one with fewer than two is left out until it is chosen."""
    lists: dict[str, list[tuple[int | str, str]]] = {
        "team": [(team.pk, team.name) for team in teams_of(user)],
        "language": list(TONGUES),
        "channel": [(value, str(label)) for value, label in Channel.choices],
        "topic": [(topic.pk, str(topic.title)) for topic in Topic.objects.filter(retired_at=None)],
        "touchpoint": [(point.pk, str(point.title)) for point in Touchpoint.objects.all()],
        "tag": [(tag.pk, tag.name) for tag in tags_for(user)],
    }
    worth = {name: pairs for name, pairs in lists.items() if len(pairs) > 1 or (pairs and getattr(filters, name))}
    return {name: _narrowing(name, pairs, filters) for name, pairs in worth.items()}


def tags_for(user: User) -> list[Tag]:
    """Tags of the house and of the user's teams, by name."""
    return list(Tag.objects.filter(Q(team=None) | Q(team__memberships__user=user)).distinct().order_by("name"))


def _narrowing(name: str, pairs: list[tuple[int | str, str]], filters: Filters) -> Narrowing:
    value = getattr(filters, name)
    choices = [Choice(title, filters.but(**{name: key}).query, key == value) for key, title in pairs]
    chosen = next((choice.title for choice in choices if choice.chosen), "")
    empty = None if name in {"team", "topic", "touchpoint", "tag"} else ""
    return Narrowing(name, TITLES[name], chosen, filters.but(**{name: empty}).query, choices)
