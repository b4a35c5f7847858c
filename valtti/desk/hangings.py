"""What the desk hangs on the shells and on lower pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.core import audit_words
from valtti.desk.models import Case
from valtti.people.models import User
from valtti.ui import keys, links, panels

DEEDS = {
    "case.restricted": pgettext_lazy("audit log", "Case restricted"),
    "case.let_in": pgettext_lazy("audit log", "Readers of a restricted case changed"),
    "case.unrestricted": pgettext_lazy("audit log", "Case opened to the team again"),
    "case.read": pgettext_lazy("audit log", "Restricted case read"),
}
PARTS = {"let_in": pgettext_lazy("audit log", "let in, by number")}


def open_cases(user: User) -> int:
    """How many cases stand open where the user reads."""
    return Case.objects.visible_to(user).open().count()


def hang() -> None:
    """Menu, keys and panels, and words for the audit log."""
    audit_words.name(deeds=DEEDS, kinds={"desk.case": pgettext_lazy("audit log", "case")}, parts=PARTS)
    links.hang("menu", "desk:queue", _("Queue"), "inbox", "g q", 20, open_cases, "cases.read")
    links.hang("menu", "desk:promises", _("Promises"), "handshake", "g p", 25, right="cases.read")
    links.hang("day", "desk:availability", _("Say whether you are here"), "clock", right="cases.serve")
    links.hang("customer", "desk:new_for", _("Write down a call"), "phone", right="cases.serve")
    panels.hang("customers:customer", "desk:customer_panel", _("Cases"), order=10, right="cases.read")
    for press, words, order in (
        ("n", _("Take the next case"), 20),
        ("r", _("Answer the customer"), 21),
        ("m", _("Write a note"), 22),
        ("v", _("The promise is kept"), 23),
        ("p", _("Move the promise"), 24),
        ("a", _("Take the case"), 25),
        ("c", _("Close the case"), 26),
        ("u", _("Undo the answer"), 27),
    ):
        keys.hang(press, words, order=order)
