"""Whether one is here, and until when not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from valtti.desk.forms.fields import FutureField
from valtti.desk.models.words import Presentness


class AvailabilityForm(forms.Form):
    """Here needs no end; away and off duty may have one."""

    state = forms.ChoiceField(label=_("I am"), choices=Presentness.choices, widget=forms.RadioSelect)
    until = FutureField(label=_("Until, if you know it"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == Presentness.FREE:
            self.errors.pop("until", None)
            cleaned["until"] = None
        return cleaned
