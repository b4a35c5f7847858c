"""Mailboxes: the list, one with its balance, its settings, and the live check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from valtti.channels.actions import mailboxes as actions
from valtti.channels.email.forms import MailboxForm
from valtti.channels.models import Mailbox, MailboxCheck
from valtti.channels.queries import mailboxes as queries
from valtti.channels.views.access import person
from valtti.core.permissions import may, needs
from valtti.ui.http import done, leave, page


@require_safe
@needs("mailboxes.manage", "quarantine.handle")
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox the reader may see, and how it stands."""
    return page(
        request,
        "channels/mailboxes.html",
        {"mailboxes": queries.mailboxes_of(person(request)), "perms_manage": may(person(request), "mailboxes.manage")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("mailboxes.manage")
def new_mailbox(request: HttpRequest) -> HttpResponse:
    """Set one up; its servers are tried at once."""
    form = MailboxForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "channels/mailbox_form.html", {"form": form, "mailbox": None}, status=status)
    mailbox = actions.set_up_mailbox(by=person(request), **_split(form))
    actions.ask_check(mailbox=mailbox, asked_by=person(request))
    return leave(request, mailbox)


@require_safe
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    """One mailbox: is every letter accounted for?"""
    found = get_object_or_404(Mailbox.objects.visible_to(person(request)), pk=pk)
    return page(request, "channels/mailbox_detail.html#check", _context(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one; its passwords are not shown."""
    found = get_object_or_404(Mailbox.objects.managed_by(person(request)), pk=pk)
    form = MailboxForm(request.POST or None, instance=found)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "channels/mailbox_form.html", {"form": form, "mailbox": found}, status=status)
    actions.change_mailbox(mailbox=found, by=person(request), **_split(form))
    actions.ask_check(mailbox=found, asked_by=person(request))
    return leave(request, found)


@require_POST
def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the servers tried; the page asks until the findings are there."""
    found = get_object_or_404(Mailbox.objects.visible_to(person(request)), pk=pk)
    actions.ask_check(mailbox=found, asked_by=person(request))
    return done(request, "channels/mailbox_detail.html#check", _context(request, found), to=found)


@require_POST
def trials(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the servers tried with a letter to the administrator's own address, and to no other."""
    found = get_object_or_404(Mailbox.objects.managed_by(person(request)), pk=pk)
    actions.ask_check(mailbox=found, asked_by=person(request), with_letter=True)
    return done(request, "channels/mailbox_detail.html#check", _context(request, found), to=found)


@require_GET
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that shows the latest check."""
    found = get_object_or_404(Mailbox.objects.visible_to(person(request)), pk=pk)
    return page(request, "channels/mailbox_detail.html#check", _context(request, found))


@require_POST
def whole(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Fetch a letter that was left at its server for its size."""
    found = get_object_or_404(Mailbox.objects.visible_to(person(request)), pk=pk)
    left_behind = get_object_or_404(found.raw_items.filter(envelope__left_on_server=True), pk=item)
    actions.ask_whole(item=left_behind)
    messages.success(request, _("The whole letter is being fetched."))
    return leave(request, found)


def _context(request: HttpRequest, found: Mailbox) -> dict[str, object]:
    latest: MailboxCheck | None = found.checks.order_by("-pk").first()
    return {
        "page": queries.mailbox_page(found),
        "mailbox": found,
        "check": latest,
        "steps": queries.steps(latest) if latest else [],
        "given_up": latest is not None and queries.is_given_up(latest),
        "may_manage": Mailbox.objects.managed_by(person(request)).filter(pk=found.pk).exists(),
    }


def _split(form: MailboxForm) -> dict[str, Any]:
    fields = dict(form.cleaned_data)
    return {"folders": fields.pop("folders"), "with_past": fields.pop("with_past"), "fields": fields}
