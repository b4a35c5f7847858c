"""What the room's codes in the audit log say to an auditor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core import audit_words
from valtti.people.models import HouseRole, Role

DEEDS = {
    "login": pgettext_lazy("audit log", "Logged in"),
    "login.failed": pgettext_lazy("audit log", "Login refused"),
    "login.code_failed": pgettext_lazy("audit log", "Second factor refused"),
    "password.changed": pgettext_lazy("audit log", "Password changed"),
    "password.reset_asked": pgettext_lazy("audit log", "Link for a new password asked for"),
    "factor.added": pgettext_lazy("audit log", "Second factor added"),
    "factor.removed": pgettext_lazy("audit log", "Second factor removed"),
    "factor.renewed": pgettext_lazy("audit log", "Second factor renewed"),
    "user.made": pgettext_lazy("audit log", "User invited"),
    "user.link_sent": pgettext_lazy("audit log", "Link sent to a user"),
    "user.details": pgettext_lazy("audit log", "Details of a user changed"),
    "user.skills": pgettext_lazy("audit log", "Skills of a user changed"),
    "user.roles": pgettext_lazy("audit log", "Roles of a user changed"),
    "user.left": pgettext_lazy("audit log", "Account closed"),
    "user.returned": pgettext_lazy("audit log", "Account opened again"),
    "user.factors_reset": pgettext_lazy("audit log", "Second factors taken away"),
    "team.made": pgettext_lazy("audit log", "Team opened"),
    "team.changed": pgettext_lazy("audit log", "Team changed"),
    "team.retired": pgettext_lazy("audit log", "Team closed"),
    "team.reopened": pgettext_lazy("audit log", "Team opened again"),
    "skill.added": pgettext_lazy("audit log", "Skill added"),
    "calendar.hours": pgettext_lazy("audit log", "Opening hours published"),
    "calendar.hours_withdrawn": pgettext_lazy("audit log", "Opening hours taken back"),
    "house.changed": pgettext_lazy("audit log", "House changed"),
    "house.begun": pgettext_lazy("audit log", "House set up"),
}
KINDS = {
    "people.user": pgettext_lazy("audit log", "user"),
    "people.team": pgettext_lazy("audit log", "team"),
    "people.skill": pgettext_lazy("audit log", "skill"),
    "people.house": pgettext_lazy("audit log", "house"),
    "core.calendar": pgettext_lazy("audit log", "opening hours"),
}
PARTS = {
    "house": pgettext_lazy("audit log", "role in the house"),
    "teams": pgettext_lazy("audit log", "roles in teams, by the team’s number"),
    "changed": pgettext_lazy("audit log", "changed"),
    "name": pgettext_lazy("audit log", "name"),
    "called": pgettext_lazy("audit log", "name for customers"),
    "email": pgettext_lazy("audit log", "address"),
    "calendar": pgettext_lazy("audit log", "opening hours"),
    "valid_from": pgettext_lazy("audit log", "valid from"),
    "idle": _("Minutes without a request until a login ends"),
    "day": _("Hours until a login ends in any case"),
    "unreadable": pgettext_lazy("audit log: a name or an address", "no longer known"),
    "yes": pgettext_lazy("audit log", "yes"),
    "no": pgettext_lazy("audit log", "no"),
}


def hang() -> None:
    """Hand the room's words to the log. Roles are told as they are chosen."""
    roles = {str(value): label for value, label in (*HouseRole.choices, *Role.choices) if value}
    names = ("people.user", "people.team", "people.skill", "core.calendar")
    audit_words.name(deeds=DEEDS, kinds=KINDS, parts=PARTS | roles, by_name=names)
