"""A new case by hand: a call, a visit, or a letter that we start."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core import permissions
from valtti.customers import matching
from valtti.customers.models import Customer
from valtti.customers.models.contact import ContactKind
from valtti.desk.forms.closed_hours import PromisingForm
from valtti.desk.forms.fields import FutureField, text_field
from valtti.desk.models import Topic
from valtti.people.models import Team, User

WAYS = [
    ("phone", pgettext_lazy("way of a new case", "a call")),
    ("visit", pgettext_lazy("way of a new case", "a visit")),
    ("email", pgettext_lazy("way of a new case", "a letter, written to the customer next")),
]
LANGUAGES = [("fi", "suomi"), ("ru", "русский"), ("en", "English"), ("sv", "svenska")]


class NewCaseForm(PromisingForm):
    """Who, how, what. The customer is found by the address or number, or made."""

    channel = forms.ChoiceField(label=_("How"), choices=WAYS, widget=forms.RadioSelect, initial="phone")
    started_by = forms.ChoiceField(
        label=_("Who began"),
        choices=[
            ("customer", pgettext_lazy("who began", "the customer")),
            ("company", pgettext_lazy("who began", "we")),
        ],
        widget=forms.RadioSelect,
        initial="customer",
    )
    name = forms.CharField(
        label=_("Customer’s name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("E-mail address or phone number"),
        max_length=320,
        help_text=_("A customer who is known by it is recognised."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.filter(retired_at=None), required=False, empty_label=_("none")
    )
    title = forms.CharField(label=_("The matter, in the customer’s words"), max_length=300)
    text = text_field(_("What was said and agreed"), 5, required=False)
    promise_text = forms.CharField(
        label=_("What we promised"), max_length=300, required=False, help_text=_("In the customer’s language.")
    )
    promise_due = FutureField(label=_("By when"), required=False)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = Team.objects.active().filter(pk__in=permissions.teams_with(user, "cases.serve"))

    @staticmethod
    def known(customer: Customer | None) -> dict[str, str]:
        """What stands in the form from the beginning: of a customer who is known, name, address and language."""
        if customer is None:
            return {}
        point = customer.contact_points.valid().exclude(kind=ContactKind.POST).order_by("-preferred", "id").first()
        return {"name": customer.name, "address": point.value if point else "", "language": customer.language}

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip()
        if not matching.normal(self._kind(address), address):
            raise ValidationError(_("Write an e-mail address, or a phone number with its country code."))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["kind"] = self._kind(cleaned.get("address", ""))
        if cleaned.get("channel") == "email" and "address" in cleaned and cleaned["kind"] != matching.EMAIL:
            self.add_error("address", _("A letter needs an e-mail address."))
        if cleaned.get("channel") != "email" and not cleaned.get("text", "").strip():
            self.add_error("text", _("Write down what was said, for the colleague who comes next."))
        if bool(cleaned.get("promise_text", "").strip()) != bool(cleaned.get("promise_due")):
            self.add_error("promise_due", _("A promise needs its words and its time."))
        self.ask_if_closed(cleaned, cleaned.get("team"))
        return cleaned

    @staticmethod
    def _kind(address: str) -> str:
        return matching.EMAIL if "@" in address else matching.PHONE
