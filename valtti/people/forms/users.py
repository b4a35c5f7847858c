"""Forms about the people of the house: invited, with roles, skills and languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from valtti.people.forms.own import NATIVE
from valtti.people.models import Fluency, HouseRole, Level, Role, Skill, Team, User

LANGUAGE_NAMES = {"fi": _("Finnish"), "ru": _("Russian"), "en": _("English"), "sv": _("Swedish")}


class UserFilter(forms.Form):
    """What the list of users is asked for; what cannot be read is left out."""

    q = forms.CharField(required=False, max_length=100)
    left = forms.BooleanField(required=False)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    @property
    def told(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        return {"word": data.get("q", ""), "left": data.get("left", False), "after": data.get("after")}


class RolesForm(forms.Form):
    """The role in the house, and the roles in each standing team."""

    house_role = forms.ChoiceField(label=_("Role in the house"), required=False, choices=HouseRole.choices)

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = list(Team.objects.active())
        held = user.standing if user else frozenset()
        if user:
            self.fields["house_role"].initial = user.house_role
        for team in self.teams:
            self.fields[f"team_{team.pk}"] = forms.MultipleChoiceField(
                label=team.name,
                required=False,
                choices=Role.choices,
                widget=forms.CheckboxSelectMultiple,
                initial=[role for team_id, role in held if team_id == team.pk],
            )

    @property
    def role_names(self) -> list[str]:
        return [str(label) for label in Role.labels]

    @property
    def rows(self) -> list[forms.BoundField]:
        """A row of boxes for each team."""
        return [self[f"team_{team.pk}"] for team in self.teams]

    @property
    def roles(self) -> frozenset[tuple[int, str]]:
        """(team id, role) of every box that is ticked."""
        return frozenset((team.pk, role) for team in self.teams for role in self.cleaned_data[f"team_{team.pk}"])


class FreeAddress(forms.Form):
    """An address that nobody else of the house has."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    user: User | None = None

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip().lower()
        others = User.objects.filter(email=address)
        if self.user:
            others = others.exclude(pk=self.user.pk)
        if others.exists():
            raise forms.ValidationError(_("Somebody in the house has this address already."), code="taken")
        return address


class InvitationForm(FreeAddress, RolesForm):
    """Who comes, where the letter goes, in which language, and what for."""

    name = forms.CharField(label=_("Whole name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=lambda: list(NATIVE.items()),
        initial=settings.LANGUAGE_CODE,
    )
    field_order = ("name", "email", "language", "house_role")


class DetailsForm(FreeAddress):
    """Name and address."""

    name = forms.CharField(label=_("Whole name"), max_length=120)
    called = forms.CharField(label=_("Name customers see"), required=False, max_length=60)
    field_order = ("name", "called", "email")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        kwargs["initial"] = {"name": user.name, "called": user.called, "email": user.email}
        super().__init__(*args, **kwargs)


class SkillsForm(forms.Form):
    """A level for each skill and each language of the house; none means not had."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        had = {row.skill_id: row.level for row in user.skills.all()}
        spoken = {row.language: row.level for row in user.languages.all()}
        for code in settings.HOUSE_LANGUAGES:
            self.fields[f"language_{code}"] = _level(LANGUAGE_NAMES[code], Fluency, spoken.get(code))
        for skill in Skill.objects.all():
            self.fields[f"skill_{skill.pk}"] = _level(skill.title, Level, had.get(skill.pk))

    @property
    def skills(self) -> dict[int, int]:
        return {int(key): level for key, level in self._chosen("skill_")}

    @property
    def languages(self) -> dict[str, int]:
        return dict(self._chosen("language_"))

    def _chosen(self, prefix: str) -> list[tuple[str, int]]:
        return [
            (name.removeprefix(prefix), int(level))
            for name, level in self.cleaned_data.items()
            if name.startswith(prefix) and level
        ]


class SkillForm(forms.ModelForm):  # type: ignore[type-arg]
    """A skill's name."""

    class Meta:
        model = Skill
        fields = ("title",)
        labels = {"title": _("Name of the skill")}


def _level(label: Any, levels: Any, initial: int | None) -> forms.ChoiceField:
    choices = [("", "–"), *levels.choices]
    return forms.ChoiceField(label=label, required=False, choices=choices, initial=initial or "")
