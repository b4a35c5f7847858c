"""What the catalogue shows: every part in every state, on one Friday in November."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from valtti.ui.board import Board

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = datetime(2026, 11, 20, 11, 35, tzinfo=HELSINKI)


def all_of_them() -> dict[str, Any]:
    """The catalogue's context."""
    return {
        "standing": standing(),
        "late": late(),
        "fine": PromiseForm(initial={"what": "Where the rent came from, by e-mail"}, auto_id="fine_%s"),
        "wrong": wrong_form(),
        "steady": [88.0, 89, 88, 90, 89, 88, 87, 86, 89, 88, 82, 88, 87],
        "rising": [80.0, 81, 79, 80, 78, 79, 74, 73, 78, 80, 76, 80, 79],
        "broken": [45.0, 49, 47, 51, 43, 47, None, 45, 49, 47, 51, 47, 51],
    }


def standing() -> Board:
    """A promise with time left."""
    return Board(
        name="standing",
        heading="Next for Pekka",
        what="Where the second router rent came from",
        due_at=_at(20, 15),
        promised_at=_at(20, 9, 5),
        now=NOW,
        standing="standing, promised by Sanna",
        reads="Pekka reads",
        says="”Vastaan sinulle tänään klo 15 mennessä”",
        language="fi",
        spans=[(_at(20, 8), _at(20, 18))],
    )


def late() -> Board:
    """A promise that was not kept in time."""
    return Board(
        name="late",
        heading="Next for Ahmed",
        what="When the technician comes instead",
        due_at=_at(20, 11, 15),
        promised_at=_at(19, 14, 10),
        now=NOW,
        standing="late, promised by Mikko",
        reads="Ahmed reads",
        says="“The technician rings you before 11:15”",
        language="en",
        spans=[(_at(19, 8), _at(19, 18)), (_at(20, 8), _at(20, 18))],
    )


class PromiseForm(forms.Form):
    """A field of every kind."""

    focus_on_error = False

    what = forms.CharField(label="What we promise", help_text="The customer reads this word for word.")
    due = forms.DateTimeField(label="By when")
    touchpoint = forms.ChoiceField(label="Touchpoint", choices=[("home", "Equipment at home"), ("bill", "Invoice")])
    text = forms.CharField(label="The whole answer", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    turn = forms.ChoiceField(
        label="What happens next",
        widget=forms.RadioSelect,
        choices=[("promise", "we promise"), ("customer", "customer’s turn")],
        initial="promise",
    )
    remind = forms.BooleanField(label="remind me 30 min before", required=False, initial=True)


def wrong_form() -> PromiseForm:
    """The same form as it comes back with two errors."""
    typed = {"what": "", "due": "20 Nov 19:30", "touchpoint": "home", "turn": "promise"}
    return PromiseForm(typed, auto_id="wrong_%s")


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)
