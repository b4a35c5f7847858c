"""The keys a user may press, listed by "?": the house's own here, a room's own hung from its apps.py."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valtti.ui import links
from valtti.ui.links import Words


@dataclass(frozen=True, slots=True)
class Key:
    """What to press, as printed on the key, and what it does."""

    press: str
    title: Words
    order: int = 100


OWN = (
    Key("j k", _("Move down and up in a list"), 10),
    Key("Enter", _("Open the chosen row"), 11),
    Key("/", _("Search"), 12),
    Key("Ctrl Enter", _("Send or save the form"), 900),
    Key("Esc", _("Leave the field"), 901),
    Key("?", _("Show this list"), 902),
)
_hung: dict[str, Key] = {}


def hang(press: str, title: Words, *, order: int = 100) -> None:
    """Add a key of a room to the list, for example "r", _("Answer the customer")."""
    _hung[press] = Key(press, title, order)


def listed() -> list[Key]:
    """Every key, those of the menu's links among them."""
    of_links = [Key(link.key, link.title, 200 + link.order) for link in links.hung("menu") if link.key]
    return sorted([*OWN, *_hung.values(), *of_links], key=lambda key: key.order)
