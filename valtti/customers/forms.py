"""What a clerk may note about a customer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valtti.customers.models import Customer
from valtti.customers.models.consent import Purpose
from valtti.customers.models.contact import ContactKind
from valtti.people.models import User

LANGUAGES = [("fi", "suomi"), ("ru", "русский"), ("en", "English"), ("sv", "svenska")]


class DetailsForm(forms.Form):
    """Name, how to address, language, how they wish to be served."""

    name = forms.CharField(label=_("Name"), max_length=200)
    called = forms.CharField(label=_("How to address the customer"), max_length=80, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    needs = forms.CharField(
        label=_("How the customer likes to be served"),
        help_text=_("The customer may read this: write it as they would say it."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, customer: Customer) -> DetailsForm:
        """As it is known now."""
        return cls(initial={name: getattr(customer, name) for name in cls.base_fields})


class ContactPointForm(forms.Form):
    """One more way to reach the customer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Address or number"), max_length=320)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    shared = forms.BooleanField(label=_("Shared with others, for example info@"), required=False)


class ConsentForm(forms.Form):
    """What the customer allowed, and where they said so."""

    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices)
    basis = forms.CharField(label=_("Where and how the customer said so"), max_length=80)


class MergeForm(forms.Form):
    """Another record that is the same person."""

    absorbed = forms.ModelChoiceField(label=_("The same person’s other record"), queryset=Customer.objects.none())
    reason = forms.CharField(label=_("How we know"), max_length=200)

    def __init__(self, *args: Any, customer: Customer, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        absorbed = self.fields["absorbed"]
        assert isinstance(absorbed, forms.ModelChoiceField)
        alike = Customer.objects.visible_to(user).present().exclude(pk=customer.pk)
        words = customer.name.split()
        absorbed.queryset = alike.filter(name__icontains=words[-1]).order_by("name") if words else alike.none()
