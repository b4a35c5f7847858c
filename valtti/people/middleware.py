"""Each request in its user's own settings, and logins that end in time or lack a second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from valtti.core import clock
from valtti.people.models import User
from valtti.people.passwords import Overrun
from valtti.ui.http import leave, resting

BY_ITSELF = "X-By-Itself"
"""A script that asks without a person having done anything sends this header: such requests keep no login alive."""
NOT_BY_A_PERSON = ("/live/", "/csp/", "/health", "/metrics")
GRACE = timedelta(days=7)
OPEN_WITHOUT_FACTOR = ("/account/", "/logout/", "/settings/", "/static/", *NOT_BY_A_PERSON)
HAS_FACTOR = "has_factor"
LANGUAGE_COOKIE = "language"


class OwnSettingsMiddleware:
    """Language, time zone, the idle clock, and the second factor where it is due."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        if user is not None:
            user.keep_standing()
            _see(request)
        language = _language(request, user)
        with translation.override(language), timezone.override(_zone(user)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        if user is None:
            patch_vary_headers(response, ["Accept-Language"])
            _remember_language(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return resting(request, 5) if isinstance(exception, Overrun) else None

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not factor_is_due(request, user):
            return None
        messages.warning(request, _("Your account needs a second factor before you can go on. Set one up here."))
        return leave(request, "mfa_index")


def factor_is_due(request: HttpRequest, user: User) -> bool:
    """True if this page has to wait until the person has a second factor."""
    if not settings.SECOND_FACTOR or request.path.startswith(OPEN_WITHOUT_FACTOR):
        return False
    if request.session.get(HAS_FACTOR) or not must_have_factor(user):
        return False
    has_factor = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    if has_factor:
        request.session[HAS_FACTOR] = True
    return not has_factor


def must_have_factor(user: User) -> bool:
    """At once for administrators and auditors, for everybody else a week after joining."""
    return bool(user.house_role) or clock.now() - (user.joined_at or user.made_at) >= GRACE


def is_by_a_person(request: HttpRequest) -> bool:
    """False for streams, tickets, polls and reports, which browsers send on their own."""
    return BY_ITSELF not in request.headers and not request.path.startswith(NOT_BY_A_PERSON)


def _see(request: HttpRequest) -> None:
    see: Any = getattr(request.session, "see", None)
    if see is not None and is_by_a_person(request):
        see()


def _language(request: HttpRequest, user: User | None) -> str:
    """The user's own → the one asked for at the door → what the browser prefers → the house's."""
    known = {code for code, _name in settings.LANGUAGES}
    asked = (request.GET.get(LANGUAGE_COOKIE, ""), request.COOKIES.get(LANGUAGE_COOKIE, "")) if user is None else ()
    for code in (user.language if user else "", *asked):
        if code in known:
            return code
    return translation.get_language_from_request(request)


def _zone(user: User | None) -> ZoneInfo | None:
    """The user's time zone; None is the house's."""
    try:
        return ZoneInfo(user.time_zone) if user and user.time_zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _remember_language(request: HttpRequest, response: HttpResponseBase) -> None:
    asked = request.GET.get(LANGUAGE_COOKIE, "")
    if asked in {code for code, _name in settings.LANGUAGES}:
        response.set_cookie(
            LANGUAGE_COOKIE, asked, max_age=365 * 86400, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
