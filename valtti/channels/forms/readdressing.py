"""Where a letter that came back is to go instead."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from valtti.channels.models import Mailbox


class ReaddressForm(forms.Form):
    """One address, of the customer and not of ours."""

    address = forms.EmailField(label=_("Correct address"), max_length=320)

    def clean_address(self) -> str:
        """A letter to one of our own mailboxes would come back as a new case."""
        address: str = self.cleaned_data["address"]
        if Mailbox.objects.filter(address__iexact=address).exists():
            raise ValidationError(_("This is our own address. Write the customer’s."))
        return address
