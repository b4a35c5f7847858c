"""Who asks: pages of this room are for people of the house."""

from __future__ import annotations

from django.http import HttpRequest

from valtti.people.models import User


def person(request: HttpRequest) -> User:
    """The one who is logged in; the login stands before every page of this room."""
    assert isinstance(request.user, User)
    return request.user
