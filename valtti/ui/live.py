"""Where a page listens for hints: a higher room says which topics its user may hear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Stream:
    """The address of the stream with its ticket, and where the page gets the next one."""

    address: str
    ticket_url: str


_fed: list[tuple[Callable[[HttpRequest], str], str]] = []


def feed(address: Callable[[HttpRequest], str], ticket_url_name: str) -> None:
    """`address(request)` is the stream's address with a fresh ticket; the named view answers the same as plain text."""
    _fed.append((address, ticket_url_name))


def stream(request: HttpRequest) -> Stream | None:
    """The stream of this request's page; None for visitors, and while no room feeds one."""
    if not _fed or not request.user.is_authenticated:
        return None
    address, name = _fed[-1]
    return Stream(address(request), reverse(name))
