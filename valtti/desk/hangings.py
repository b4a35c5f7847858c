"""What the desk hangs on the shells and on lower pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from valtti.core import permissions
from valtti.desk.queries.queue import counts_for
from valtti.people.models import User
from valtti.ui import keys, links, panels


def reads(user: User) -> bool:
    """The user reads correspondence somewhere."""
    return bool(permissions.teams_with(user, "cases.read"))


def serves(user: User) -> bool:
    """The user serves somewhere."""
    return bool(permissions.teams_with(user, "cases.serve"))


def hang() -> None:
    """Menu, keys and panels."""
    links.hang("menu", "desk:queue", _("Queue"), "inbox", "g q", 20, lambda user: counts_for(user).open, reads)
    links.hang("menu", "desk:promises", _("Promises"), "handshake", "g p", 25, None, reads)
    panels.hang("customers:customer", "desk:customer_panel", _("Cases"), order=10, right=reads)
    for press, words, order in (
        ("n", _("Take the next case"), 20),
        ("r", _("Answer the customer"), 21),
        ("m", _("Write a note"), 22),
        ("k", _("The promise is kept"), 23),
        ("p", _("Move the promise"), 24),
        ("c", _("Close the case"), 25),
        ("u", _("Undo the answer"), 26),
    ):
        keys.hang(press, words, order=order)
