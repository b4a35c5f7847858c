"""Links upward: higher rooms hang them by URL name, shells and lower pages draw those the user may follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from valtti.core.permissions import may
from valtti.ui.http import looked_at

type Words = Any
"""A lazily translated text."""

type Right = str | Callable[[Any], bool] | None
"""The name of a right, a question asked of the user, or nothing: everybody who is logged in."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a room hung up. `right` and `count` are asked with the user; a count of None or 0 is not shown."""

    slot: str
    url_name: str
    title: Words
    icon: str = ""
    key: str = ""
    order: int = 100
    count: Callable[[Any], int | None] | None = None
    right: Right = None
    post: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A link as a page shows it to one user."""

    url: str
    title: Words
    icon: str
    key: str
    count: int | None
    current: bool
    post: bool


_hung: list[Link] = []


def hang(slot: str, url_name: str, title: Words, *more: Any, **named: Any) -> None:
    """Hang a link on "menu", "me", "house", "search", "customer", "message" or "returned"; more: see `Link`.

    Twice is once. "house" is the first page of whoever reads no cases.
    """
    link = Link(slot, url_name, title, *more, **named)
    _hung[:] = [other for other in _hung if (other.slot, other.url_name) != (slot, url_name)]
    _hung.append(link)


def hung(slot: str = "") -> list[Link]:
    """Every link of a slot, or of all slots, in order."""
    return sorted((link for link in _hung if slot in {"", link.slot}), key=lambda link: link.order)


def drawn(slot: str, request: HttpRequest, *args: Any) -> list[Drawn]:
    """The links of a slot this request's user may follow; `args` complete the address. Visitors are shown none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [_draw(link, request, args) for link in hung(slot) if has(link.right, user)]


def has(right: Right, user: Any) -> bool:
    """True if the user may see what was hung under this right."""
    if right is None:
        return True
    return may(user, right) if isinstance(right, str) else right(user)


def _draw(link: Link, request: HttpRequest, args: tuple[Any, ...]) -> Drawn:
    url = reverse(link.url_name, args=args)
    count = link.count(request.user) if link.count else None
    return Drawn(url, link.title, link.icon, link.key, count, _is_current(url, looked_at(request)), link.post)


def _is_current(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
