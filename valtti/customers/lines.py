"""How this room's news reads on a customer's timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from valtti.core.models import Event
from valtti.customers.timeline import Line, describe
from valtti.people.models import User

WORDS: dict[str, tuple[str, Lazy]] = {
    "customer.admitted": ("users-round", _("Another team serves this customer")),
}


@describe(*WORDS)
def describe_customers(events: Sequence[Event], user: User) -> Mapping[int, Line]:
    """Plain lines: nothing in them is a team's secret."""
    return {
        event.pk: Line(
            event_id=event.pk,
            at=event.at,
            icon=WORDS[event.kind][0],
            title=str(WORDS[event.kind][1]),
            folded=True,
        )
        for event in events
    }
