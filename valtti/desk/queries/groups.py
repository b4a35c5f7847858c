"""The groups of the queue, by what comes next."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """In the order in which they stand."""

    PROMISED = "promised", pgettext_lazy("group of the queue", "Promised next")
    OWED = "owed", pgettext_lazy("group of the queue", "Answer owed")
    OURS = "ours", pgettext_lazy("group of the queue", "Our turn, no time set")
    THIRD_PARTY = "third_party", pgettext_lazy("group of the queue", "A third party’s turn")
    TURN = "turn", pgettext_lazy("group of the queue", "Customer’s turn")
    CLOSED = "closed", pgettext_lazy("group of the queue", "Closed")


HINTS: dict[str, Lazy] = {
    Group.PROMISED: _("what we have said we will do"),
    Group.OWED: _("the customer waits for our word"),
    Group.OURS: _("nobody waits, something is left to do"),
    Group.THIRD_PARTY: _("somebody else must act; the day shown is when we ask"),
    Group.TURN: _("we have asked; the day shown is when we remind"),
    Group.CLOSED: _("nothing more is to happen"),
}
