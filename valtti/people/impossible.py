"""What the room `people` refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valtti.core.impossible import Impossible


class LinkIsDead(Impossible):
    reason = _("This link has been used, or it is too old.")
    remedy = _("Ask for a new one on the login page, or ask an administrator to invite you again.")


class LastAdministrator(Impossible):
    reason = _("Nobody would be left to run the house.")
    remedy = _("Make another person administrator first.")


class NotYourself(Impossible):
    reason = _("This is for another administrator to do.")
    remedy = _("Ask a colleague who is an administrator too.")


class HasLeft(Impossible):
    reason = _("This account is closed.")
    remedy = _("Let the person return first.")


class TeamHasPeople(Impossible):
    reason = _("There are still people in this team.")
    remedy = _("Give them other roles first.")


class HasBegun(Impossible):
    reason = _("The house has an administrator already.")
    remedy = _("Administrators invite others on the page of users.")


class HoursHaveBegun(Impossible):
    reason = _("These hours stand already: promises have been reckoned by them.")
    remedy = _("Publish other hours from tomorrow on.")
