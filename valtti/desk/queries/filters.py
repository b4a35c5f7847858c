"""What a queue may be narrowed by; the whole filter stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core import clock
from valtti.core.numbers import row_number
from valtti.desk.models import CaseTag
from valtti.desk.models.case import CaseQuerySet
from valtti.people.models import User

NUMBERS = ("team", "topic", "tag", "touchpoint", "customer", "page")
STATES = ("open", "all", "closed_today", "closed")
VIEWS: dict[str, Lazy] = {
    "mine": _("Mine"),
    "nobody": _("Nobody’s yet"),
    "promised": pgettext_lazy("view of the queue", "Promised"),
    "owed": pgettext_lazy("view of the queue", "Answer owed"),
    "turn": pgettext_lazy("view of the queue", "Customer’s turn"),
    "closed_today": _("Closed today"),
}
"""The views beside the list, by the word that stands in the address."""


@dataclass(frozen=True, slots=True)
class Filters:
    """`who` is empty, "mine", "nobody" or a user's number; `group` a key of `groups.Group`. Empty means all."""

    state: str = "open"
    team: int | None = None
    who: str = ""
    group: str = ""
    language: str = ""
    channel: str = ""
    topic: int | None = None
    tag: int | None = None
    touchpoint: int | None = None
    customer: int | None = None
    page: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Filters:
        """Read an address; what makes no sense is left out, never an error."""
        found: dict[str, Any] = {}
        for name in (field.name for field in fields(cls)):
            value = str(query.get(name) or "").replace("\0", "")[:40]
            if name in NUMBERS:
                found[name] = row_number(value)
            else:
                found[name] = value
        state = found.pop("state")
        return cls(state=state if state in STATES else "open", **found)

    def but(self, **changes: Any) -> Filters:
        """The same filter with something changed, from the first page."""
        return replace(self, page=changes.pop("page", None), **changes)

    @property
    def title(self) -> Lazy | str:
        """What the chosen view is called; empty when none is chosen."""
        return next((VIEWS[word] for word in (self.group, self.state, self.who) if word in VIEWS), "")

    @property
    def query(self) -> str:
        """The filter as the end of an address, without what is as usual."""
        usual = Filters()
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in chosen.items() if value and value != getattr(usual, name)})

    def apply(self, cases: CaseQuerySet, user: User) -> CaseQuerySet:
        """Cases that pass, of those handed in."""
        wanted = self._state_wanted() & self._owner_wanted(user)
        for name in ("team", "topic", "touchpoint", "customer"):
            if (number := getattr(self, name)) is not None:
                wanted &= Q(**{f"{name}_id": number})
        for name in ("language", "channel"):
            if word := getattr(self, name):
                wanted &= Q(**{name: word})
        if self.tag is not None:
            wanted &= Q(Exists(CaseTag.objects.filter(case=OuterRef("pk"), tag=self.tag, removed_at=None)))
        narrowed = cases.filter(wanted)
        return narrowed.in_group(self.group) if self.group else narrowed

    def _state_wanted(self) -> Q:
        if self.state == "all":
            return Q()
        if self.state == "closed":
            return Q(closed_at__isnull=False)
        if self.state == "closed_today":
            return Q(closed_at__gte=start_of_today())
        return Q(closed_at=None)

    def _owner_wanted(self, user: User) -> Q:
        if self.who == "mine":
            return Q(assignee=user)
        if self.who == "nobody":
            return Q(assignee=None)
        number = row_number(self.who)
        return Q() if number is None else Q(assignee_id=number)


def start_of_today() -> datetime:
    """Midnight in the reader's time zone."""
    return timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
