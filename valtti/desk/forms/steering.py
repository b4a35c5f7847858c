"""Where a case goes: another team, how urgent it is, whom we wait for, what it belongs to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.desk.forms.fields import FutureField
from valtti.desk.forms.writing import SeenForm
from valtti.desk.models import Case
from valtti.people.models import Team

URGENCIES = [
    (1, pgettext_lazy("urgency of a case", "at once")),
    (2, pgettext_lazy("urgency of a case", "soon")),
    (3, pgettext_lazy("urgency of a case", "in its turn")),
    (4, pgettext_lazy("urgency of a case", "when there is time")),
]


class TeamForm(SeenForm):
    """Another team, and a word for its people."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("Why, for the next one"), max_length=200)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "team_%s"} | options)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = Team.objects.active().exclude(pk=case.team_id).order_by("name")


class HeadingForm(forms.Form):
    """What colleagues read first in the lists."""

    title = forms.CharField(label=_("Title, for our lists"), max_length=300)
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=URGENCIES, coerce=int)


class WaitingForm(SeenForm):
    """Somebody else must act first: who, and the day on which the turn is ours again."""

    waits_for = forms.CharField(label=_("Whom we wait for"), max_length=120)
    until = FutureField(label=_("Until"))


class SuggestionForm(forms.Form):
    """The same matter after all, or not."""

    kind = forms.ChoiceField(choices=[("follows", ""), ("duplicate", ""), ("none", "")])

    def clean_kind(self) -> str:
        return "" if self.cleaned_data["kind"] == "none" else self.cleaned_data["kind"]


def steering_forms(case: Case, seen_event: int) -> dict[str, forms.Form]:
    """Each as it stands before anything is typed."""
    seen = {"seen_event": seen_event}
    return {
        "teaming": TeamForm(case=case, initial=seen),
        "heading": HeadingForm(initial={"title": case.title, "urgency": case.urgency}, auto_id="heading_%s"),
        "waiting": WaitingForm(initial=seen, auto_id="waiting_%s"),
    }
