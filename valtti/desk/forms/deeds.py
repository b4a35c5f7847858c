"""Closing, reopening, giving, labelling: the small forms of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valtti.customers.models import ContactPoint, Customer
from valtti.desk.forms.writing import SeenForm
from valtti.desk.models import Case, Tag, Topic
from valtti.desk.models.words import Outcome
from valtti.people.models import User
from valtti.people.queries import holders_of, servers_of


class ClosureForm(SeenForm):
    """How the matter ended."""

    outcome = forms.ChoiceField(
        label=_("How it ended"),
        choices=Outcome.choices,
        initial=Outcome.SOLVED,
        widget=forms.Select(attrs={"autofocus": True}),
    )
    solution = forms.CharField(
        label=_("What solved it, for colleagues"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    told_customer = forms.BooleanField(label=_("The customer knows that nothing more will happen"), required=False)


class ReopeningForm(SeenForm):
    """Opening again needs no words, only the page one has seen."""


class AssignmentForm(SeenForm):
    """Who has the case from now on; empty hands it back to the team.

    A clerk takes what is nobody's and hands back what is theirs; to give it to somebody takes the right to reassign.
    """

    user = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("nobody yet")
    )
    reason = forms.CharField(label=_("Why, for the next one"), max_length=200, required=False)

    def __init__(self, *args: Any, case: Case, by: User, leads: bool, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "giving_%s"} | options)
        self.case = case
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)
        user.queryset = servers_of(case.team) if leads else User.objects.filter(pk=by.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        to, now = cleaned.get("user"), self.case.assignee_id
        if to and now not in {None, to.pk} and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why, for the colleague who goes on with it."))
        return cleaned


class ReasonForm(forms.Form):
    """Why; it stays in the audit log."""

    reason = forms.CharField(label=_("Why, for the audit log"), max_length=300)


class RestrictionForm(ReasonForm):
    """Who else may see a case that its owner and whoever restricts it see anyway."""

    readers = forms.ModelMultipleChoiceField(
        label=_("Who else may see it"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("readers", "reason")

    def __init__(self, *args: Any, case: Case, by: User, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "restricting_%s"} | options)
        readers = self.fields["readers"]
        assert isinstance(readers, forms.ModelMultipleChoiceField)
        readers.queryset = holders_of(case.team, "cases.read").exclude(pk__in={by.pk, case.assignee_id or by.pk})


class TopicForm(forms.Form):
    """What the case is about."""

    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.filter(retired_at=None), required=False, empty_label=_("none")
    )


class TagForm(forms.Form):
    """Put a tag on, or take one off that is there."""

    name = forms.CharField(label=_("Tag"), max_length=40, required=False)
    remove = forms.ModelChoiceField(label=_("Tag to take off"), queryset=Tag.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "tag_%s"} | options)
        remove = self.fields["remove"]
        assert isinstance(remove, forms.ModelChoiceField)
        remove.queryset = Tag.objects.filter(pk__in=case.tag_rows.filter(removed_at=None).values("tag"))

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class PointChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Addresses that wrote in the case; the letter's own name for them stands beside, and whose
    they are is told only once a colleague has said so."""

    names: Mapping[int, str] = {}

    def label_from_instance(self, obj: ContactPoint) -> str:
        name = self.names.get(obj.pk, "")
        return f"{name}, {obj.value}" if name and name != obj.value else obj.value


class WhoseForm(forms.Form):
    """Whose matter it is, when the address alone does not say."""

    point = PointChoice(label=_("The matter is of"), queryset=ContactPoint.objects.none(), empty_label=None)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "whose_%s"} | options)
        point = self.fields["point"]
        assert isinstance(point, PointChoice)
        heard = case.messages.exclude(author_contact_point=None).order_by("-at", "-id")
        point.names = dict(heard.values_list("author_contact_point", "author_name"))
        taking_part = case.participants.values("contact_point")
        point.queryset = ContactPoint.objects.valid().filter(pk__in=taking_part).select_related("customer__root")

    @property
    def customer(self) -> Customer:
        """The person behind the chosen address."""
        customer: Customer = self.cleaned_data["point"].customer
        return customer.root or customer
