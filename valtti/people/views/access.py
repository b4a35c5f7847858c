"""Who asks: behind the login there is always a user of ours."""

from __future__ import annotations

from django.http import HttpRequest

from valtti.people.models import User


def me(request: HttpRequest) -> User:
    """The user who asks."""
    assert isinstance(request.user, User)
    return request.user
