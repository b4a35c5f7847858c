"""Pages before the door: a forgotten password, a one-time link, and the limits of the login page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from valtti.core import limits
from valtti.people import guard
from valtti.people.actions import passwords
from valtti.people.forms.door import NewPasswordForm, ResetForm
from valtti.people.tasks import send_reset_letter
from valtti.ui.http import page

type View = Callable[..., HttpResponseBase]


def limited(view: View) -> View:
    """Let so many tries a minute through from one network."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            limits.demand("login_page", limits.network(guard.address_of(request)))
        return view(request, *args, **kwargs)

    return counted


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for everybody: who gets a letter is decided later, elsewhere."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "people/reset.html", {"form": form}, status=422 if form.is_bound else 200)
    address, network = form.cleaned_data["email"].lower(), limits.network(guard.address_of(request))
    if limits.take("reset_network", network) and limits.take("reset_address", address):
        send_reset_letter.enqueue(address)
    return redirect("people:reset_sent")


@login_not_required
@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    """A letter is on its way, if the address is known; nobody is told whether it is."""
    return page(request, "people/reset_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by a one-time link: looking uses nothing up."""
    link = passwords.find_link(token)
    if link is None:
        return page(request, "people/link_dead.html", status=404)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, user=link.user)
    if not form.is_valid():
        context = {"form": form, "link": link}
        return page(request, "people/choose_password.html", context, status=422 if form.is_bound else 200)
    passwords.use_link(token=token, password=form.cleaned_data["password"])
    messages.success(request, _("Your password is set. Log in with it."))
    return redirect("account_login")
