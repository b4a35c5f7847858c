"""Load the demo company: its recorded past, then this week and today lived through the product's own actions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from valtti.core import clock
from valtti.customers.models import ContactPoint
from valtti.project.demo import house, logins, recording
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.living import Say, live_all
from valtti.project.demo.restore import restore
from valtti.project.demo.today import Today


def load(now: datetime, path: Path, say: Say) -> None:
    """Everything of the demo up to `now`, and one login a line in the file at `path`.

    The same now gives the same rows but for passwords. Raises DoesNotFit when the recording is of other tables.
    """
    past = recording.read(recording.PATH.read_text(encoding="ascii"))
    anchor = Anchor.of(now, past.zone)
    people = logins.fresh()
    restore(past, anchor, logins.hashed(people))
    with clock.at(anchor.begins):
        house.move_in()
        house.keep_holidays(anchor.monday)
    say("told eight weeks of the past")
    firm = house.standing()
    taken = ContactPoint.objects.filter(kind="email").values_list("value", flat=True)
    live_all(firm, Today(firm.hours, now, past.seed, set(taken)).plan(anchor), say)
    logins.write(people, path)
