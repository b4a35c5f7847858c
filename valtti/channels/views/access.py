"""Who asks: pages of this room are for people of the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse

from valtti.channels.email.house import keeps_tray
from valtti.people.models import User


def person(request: HttpRequest) -> User:
    """The one who is logged in; the login stands before every page of this room."""
    assert isinstance(request.user, User)
    return request.user


def of_the_tray[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that is not there in a house whose letters really leave."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not keeps_tray():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
