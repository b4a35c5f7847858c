"""Closing, reopening, giving, labelling: the small forms of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from valtti.desk.forms.fields import FutureField, text_field
from valtti.desk.forms.writing import SeenForm
from valtti.desk.models import Message, Promise, Tag, Topic
from valtti.desk.models.words import Outcome
from valtti.desk.queries.promises import customers_words_since, evidence_for
from valtti.people.models import Team, User
from valtti.people.queries import members_of


class ClosureForm(SeenForm):
    """How the matter ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome.choices, initial=Outcome.SOLVED)
    solution = forms.CharField(
        label=_("What solved it, for colleagues"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told_customer = forms.BooleanField(label=_("The customer knows that nothing more will happen"), required=False)


class AssignmentForm(SeenForm):
    """Who has the case from now on; empty hands it back to the team."""

    user = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    reason = forms.CharField(label=_("Why, for the next one"), max_length=200, required=False)

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:
        super().__init__(*args, **options)
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = members_of(team)


class TopicForm(forms.Form):
    """What the case is about."""

    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.filter(retired_at=None), required=False, empty_label=_("none")
    )


class TagForm(forms.Form):
    """Put a tag on, or take one off."""

    name = forms.CharField(label=_("Tag"), max_length=40, required=False)
    remove = forms.ModelChoiceField(queryset=Tag.objects.all(), required=False)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class KeepingForm(forms.Form):
    """Which message kept the promise, or the call just made."""

    evidence = forms.ModelChoiceField(
        label=_("What shows it"), queryset=Message.objects.none(), required=False, widget=forms.RadioSelect
    )
    call = text_field(_("Or the call just made: what was said"), 3, required=False)

    def __init__(self, *args: Any, promise: Promise, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, [message.pk for message in evidence_for(promise)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("evidence") and not cleaned.get("call", "").strip():
            raise ValidationError(_("Choose the answer that shows it, or write down the call."))
        return cleaned


class MovingForm(forms.Form):
    """A new time for a promise, told to the customer in a call."""

    text = forms.CharField(label=_("What we promise now, in the customer’s language"), max_length=300)
    due_at = FutureField(label=_("By when"))
    call = text_field(
        _("The call in which the customer was told"),
        3,
    )


class WithdrawalForm(forms.Form):
    """The customer's own words that show they no longer wish it."""

    evidence = forms.ModelChoiceField(
        label=_("Where the customer said so"), queryset=Message.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, promise: Promise, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, [message.pk for message in customers_words_since(promise)])


class ReopeningForm(SeenForm):
    """Opening again needs no words, only the page one has seen."""


def _offer(form: forms.Form, messages: list[int]) -> None:
    evidence = form.fields["evidence"]
    assert isinstance(evidence, forms.ModelChoiceField)
    evidence.queryset = Message.objects.filter(pk__in=messages).order_by("-at")
