"""Forms of one's own settings."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from valtti.people.models import User

NATIVE = {"fi": "Suomi", "ru": "Русский", "en-gb": "English"}
LONGEST_UNDO = 60


def time_zones() -> list[str]:
    """Every zone that is named after a place."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


class OwnSettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a user chooses for the own pages."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("As the house")), *NATIVE.items()]
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("As the house")), *((zone, zone.replace("_", " ")) for zone in time_zones())],
    )
    undo_seconds = forms.IntegerField(
        label=_("Seconds to undo an answer"),
        required=False,
        min_value=0,
        max_value=LONGEST_UNDO,
        help_text=_("From 0 to 60. Empty: as the team has it."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["called", "language", "time_zone", "theme", "keys_on", "undo_seconds"]
        labels: ClassVar[dict[str, object]] = {
            "called": _("Name customers see"),
            "theme": _("Theme"),
            "keys_on": _("Letter keys move and open things"),
        }
        help_texts: ClassVar[dict[str, object]] = {"called": _("Empty: your first name.")}

    def save(self, commit: bool = True) -> User:
        """Only what is on the form: a password changed meanwhile elsewhere stays changed."""
        self.instance.save(update_fields=self.Meta.fields)
        return self.instance


assert set(NATIVE) == {code for code, _name in settings.LANGUAGES}
