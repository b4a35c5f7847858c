"""The conversation of a case: encounters as bands, each with its messages in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Prefetch

from valtti.core import clock
from valtti.desk.models import Case, Encounter, Message, Milestone, Promise
from valtti.desk.models.words import Direction
from valtti.desk.queries.entries import Entry
from valtti.people.models import User


@dataclass(frozen=True)
class Band:
    """One encounter with its messages; notes and automatic messages stand where they fall in time."""

    number: int
    encounter: Encounter | None
    milestone: Milestone | None
    entries: list[Entry] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """The customer of this encounter has no answer yet."""
        return self.encounter is not None and self.encounter.is_owed

    @property
    def waiting_word(self) -> Entry | None:
        """The customer's last word, while it waits; a receipt after it does not take the wait away."""
        if not self.waits:
            return None
        heard = (entry for entry in reversed(self.entries) if entry.message.direction == Direction.IN)
        return next((entry for entry in heard if not entry.message.automatic and not entry.message.pending), None)


def talk_of(case: Case, user: User) -> list[Band]:
    """The whole conversation, oldest first."""
    encounters = list(case.encounters.order_by("opened_at", "id").prefetch_related("milestones"))
    numbers = {encounter.pk: number for number, encounter in enumerate(encounters, start=1)}
    by_pk = {encounter.pk: encounter for encounter in encounters}
    bands: list[Band] = []
    now = clock.now()
    for message in messages_of(case):
        encounter = by_pk.get(message.encounter_id or 0)
        if not bands or (encounter is not None and bands[-1].encounter not in (None, encounter)):
            bands.append(_band(encounter, numbers))
        elif encounter is not None and bands[-1].encounter is None:
            bands[-1] = Band(numbers[encounter.pk], encounter, _milestone(encounter), bands[-1].entries)
        bands[-1].entries.append(Entry(message, user, now))
    return bands


def messages_of(case: Case) -> list[Message]:
    """Every message of a case with what its page needs; undone ones are left out."""
    return list(
        case.messages.filter(undone_at=None)
        .select_related("author_user", "author_contact_point__customer", "post")
        .prefetch_related("files", Prefetch("promises_made", Promise.objects.select_related("owner")))
        .order_by("at", "id")
    )


def _band(encounter: Encounter | None, numbers: dict[int, int]) -> Band:
    if encounter is None:
        return Band(0, None, None)
    return Band(numbers[encounter.pk], encounter, _milestone(encounter))


def _milestone(encounter: Encounter) -> Milestone | None:
    return next(iter(encounter.milestones.all()), None)
