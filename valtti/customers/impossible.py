"""What this room says no to, in words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valtti.core.impossible import Impossible


class SamePerson(Impossible):
    reason = _("These two records are one person already.")
    remedy = _("There is nothing to merge.")


class AlreadyMerged(Impossible):
    reason = _("This record has been merged into another one already.")
    remedy = _("Merge the record it belongs to now, or undo that merge first.")


class AlreadyUndone(Impossible):
    reason = _("This merge has been undone already.")
    remedy = _("Look at the customer again.")


class AddressTaken(Impossible):
    reason = _("This address or number belongs to another customer.")
    remedy = _("Open that customer; if both are one person, merge the two records.")


class ServedElsewhere(Impossible):
    reason = _("Another team serves this customer too.")
    remedy = _("Ask a colleague who serves in both teams to change it.")


class AddressUnreadable(Impossible):
    reason = _("This is not an address or number that can be reached.")
    remedy = _("Write an e-mail address, or a phone number with its country code.")


class AddressRetired(Impossible):
    reason = _("This address is no longer in use.")
    remedy = _("Add it anew if it is.")


class ConsentWithdrawn(Impossible):
    reason = _("This consent has been withdrawn already.")
    remedy = _("Look at the customer again.")
