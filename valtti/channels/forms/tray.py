"""Write as a customer, in the demo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from valtti.channels.models import Mailbox
from valtti.core import caps, cast

CUSTOMERS = [(person.address, f"{person.name} · {person.address}") for person in cast.CUSTOMERS]


class CustomerLetterForm(forms.Form):
    """Who writes, to which of our mailboxes, and what."""

    customer = forms.ChoiceField(
        label=_("Written by"),
        required=False,
        initial=cast.KATJA.address,
        choices=[*CUSTOMERS, ("", _("somebody else, with the address below"))],
    )
    name = forms.CharField(label=_("Their name"), max_length=120, required=False)
    address = forms.EmailField(label=_("Their address"), required=False)
    mailbox = forms.ModelChoiceField(label=_("To"), queryset=Mailbox.objects.none(), empty_label=None)
    subject = forms.CharField(label=_("Subject"), max_length=caps.SUBJECT_LENGTH)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["mailbox"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Mailbox.objects.filter(active=True)

    def clean(self) -> dict[str, Any]:
        """One of the known people, or a name and address of one's own: what was typed is what is meant."""
        given = super().clean() or {}
        for name in ("name", "subject"):
            if any(sign in given.get(name, "") for sign in "\r\n"):
                self.add_error(name, ValidationError(_("Write this on one line.")))
        if given.get("address") or "address" in self.errors:
            return given
        known = next((person for person in cast.CUSTOMERS if person.address == given.get("customer")), None)
        if known is None:
            self.add_error("address", ValidationError(_("Choose a customer or write an address.")))
        else:
            given["name"], given["address"] = known.name, known.address
        return given
