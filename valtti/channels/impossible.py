"""What this room says no to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valtti.core.impossible import Impossible


class AlreadyDecided(Impossible):
    """Somebody was faster."""

    reason = _("Somebody has decided on this letter already.")
    remedy = _("Look at the list again: it has left the quarantine.")


class NotACustomer(Impossible):
    """The writer is one of us."""

    reason = _("This letter comes from one of our own addresses, so it cannot become a customer’s case.")
    remedy = _("File it as a note on a case, or refuse it.")


class AlreadyLeft(Impossible):
    """Too late to stop it."""

    reason = _("This letter has left already and cannot be stopped.")
    remedy = _("Write to the customer again if something has to be put right.")


class NothingLeftThere(Impossible):
    """There is no larger whole to fetch."""

    reason = _("This letter is here as a whole already.")
    remedy = _("Open its source to read it.")


class NotReturned(Impossible):
    """It has left, or is about to."""

    reason = _("This letter has not come back, or somebody has sent it again already.")
    remedy = _("Look at the case: it says where the letter stands.")
