"""The outbox and the tray: what has not left, what would have left, and writing as a customer in the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from valtti.channels.actions import outgoing as actions
from valtti.channels.actions import readdressing, writing
from valtti.channels.forms.readdressing import ReaddressForm
from valtti.channels.forms.tray import CustomerLetterForm
from valtti.channels.queries import outgoing as queries
from valtti.channels.queries import tray as tray_queries
from valtti.channels.views.access import of_the_tray, person
from valtti.core.numbers import row_number
from valtti.core.permissions import needs
from valtti.desk.models import Case
from valtti.ui.http import leave, page


@require_safe
@needs("cases.reassign", "mailboxes.manage")
def outbox(request: HttpRequest) -> HttpResponse:
    """What has not left, delayed, uncertain, failed."""
    return page(request, "channels/outbox.html#posts", {"rows": queries.outbox_rows(person(request))})


@require_POST
def trying(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one at once."""
    post = get_object_or_404(queries.outgoing_for(person(request)), pk=pk)
    actions.try_now(post=post, by=person(request))
    return leave(request, "channels:outbox")


@require_POST
def stopping(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one that waits."""
    post = get_object_or_404(queries.outgoing_for(person(request)), pk=pk)
    actions.stop(post=post, by=person(request))
    return leave(request, "channels:outbox")


@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the address of an answer that came back, and send it again."""
    post = get_object_or_404(queries.returned_for(person(request)), pk=pk)
    case = get_object_or_404(Case.objects.visible_to(person(request)), messages__post=post)
    form = ReaddressForm(request.POST or None, initial={"address": post.to[0]})
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "channels/readdress.html", {"form": form, "post": post, "case": case}, status=status)
    readdressing.readdress(post=post, by=person(request), **form.cleaned_data)
    return leave(request, case)


@require_safe
@needs("tray.read")
@of_the_tray
def tray(request: HttpRequest) -> HttpResponse:
    """What would have left."""
    shown = tray_queries.page_of(request.GET.get("before"))
    return page(request, "channels/tray.html#letters", {"shown": shown, "may_write": settings.DEMO})


@require_safe
@needs("tray.read")
@of_the_tray
def tray_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter of the tray as the customer would see it."""
    post = get_object_or_404(queries.tray_posts(), pk=pk)
    return page(request, "channels/tray_letter.html", {"post": post, "may_write": settings.DEMO})


@require_safe
@needs("tray.read")
@of_the_tray
def tray_html(request: HttpRequest, pk: int) -> HttpResponse:
    """Its HTML side, for the sandboxed frame."""
    post = get_object_or_404(queries.tray_posts(), pk=pk)
    answer = HttpResponse(tray_queries.html_of(post))
    answer["Content-Security-Policy"] = tray_queries.FRAME_POLICY
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("tray.read")
@of_the_tray
def write(request: HttpRequest) -> HttpResponse:
    """Write as a customer; only in the demo."""
    if not settings.DEMO:
        raise Http404
    answered = queries.tray_posts().filter(pk=_number(request.GET.get("answer"))).first()
    form = CustomerLetterForm(request.POST or None, initial=tray_queries.answer_begun(answered))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "channels/tray_write.html", {"form": form, "answered": answered}, status=status)
    item = writing.write_as_customer(answer_to=answered, **tray_queries.letter_of(form.cleaned_data))
    return leave(request, tray_queries.written_url(item))


@require_safe
@needs("tray.read")
@of_the_tray
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a letter written here; the page asks until it is a case."""
    if not settings.DEMO:
        raise Http404
    item = get_object_or_404(tray_queries.written_items(), pk=pk)
    context = {"written": tray_queries.written(item, person(request))}
    return page(request, "channels/tray_written.html#fate", context)


def _number(written: str | None) -> int:
    return row_number(written) or 0
