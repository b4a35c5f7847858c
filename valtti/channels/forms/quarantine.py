"""What a person decides on a letter in quarantine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from valtti.core import permissions, references
from valtti.desk.models import Case


class NoteForm(forms.Form):
    """The case a letter of our own people belongs to, by its number."""

    case = forms.CharField(label=_("Number of the case"), max_length=40, help_text=_("For example V-1042-K"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_case(self) -> Case:
        """A case this person may see, or an error that tells nothing about others."""
        written = self.cleaned_data["case"].strip()
        served = permissions.teams_with(self._user, "cases.serve")
        cases = Case.objects.visible_to(self._user).filter(team_id__in=served)
        found = cases.filter(reference__iexact=written).first()
        number = references.number_of(written)
        if found is None and number is not None:
            found = cases.filter(reference=references.reference(number)).first()
        if found is None:
            raise ValidationError(_("There is no case of this number among those you can see."))
        return found


class RefusalForm(forms.Form):
    """Refuse this letter, and perhaps all that follow from the same sender."""

    block_sender = forms.BooleanField(label=_("Also refuse what this sender writes later"), required=False)
