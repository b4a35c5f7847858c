"""Answers, notes, calls and drafts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from valtti.core.impossible import Impossible
from valtti.desk.actions import calls as calls_made
from valtti.desk.actions import drafts, presence
from valtti.desk.actions import replies as letters
from valtti.desk.forms.writing import CallForm, DraftForm, NoteForm, ReplyForm
from valtti.desk.impossible import CaseMoved
from valtti.desk.letter import LetterFile
from valtti.desk.models import Case, Draft
from valtti.desk.models.words import NextStep
from valtti.desk.views.access import reader, seen_message, served_case
from valtti.desk.views.shown import show, shown_after, shown_moved
from valtti.desk.views.unsent import draft_of, keep_unsent
from valtti.desk.views.uploads import from_draft, kept


@require_POST
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the answer. What cannot be sent stays as a draft, with its files, and the page says why."""
    case = served_case(request, pk)
    form = _reply_form(request, case)
    if not form.is_valid():
        keep_unsent(request, form)
        return show(request, case, answer=form, status=422)
    try:
        _send(request, form)
    except CaseMoved as moved:
        return shown_moved(request, case, moved, answer=form)
    return shown_after(request, case)


@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note of ours, never sent."""
    case = served_case(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return show(request, case, note=form, status=422)
    text, key = form.cleaned_data["text"], str(form.cleaned_data["key"])
    letters.note(case=case, author=reader(request), text=text, key=key)
    return shown_after(request, case)


@require_POST
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a call in this case."""
    case = served_case(request, pk)
    form = CallForm(request.POST, case=case)
    if not form.is_valid():
        return show(request, case, call=form, status=422)
    calls_made.log_call(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being written, as one types; the answer is plain text for the page to show."""
    case, user = served_case(request, pk), reader(request)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _told(request, None)
    saved = drafts.save_draft(case=case, author=user, **form.cleaned_data)
    presence.touch(case=case, user=user, writing=bool(saved.text))
    return _told(request, saved)


@require_POST
def discarding(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one's unsent answer away."""
    case = served_case(request, pk)
    drafts.discard_draft(case=case, author=reader(request), kind="answer")
    return shown_after(request, case)


@require_POST
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an answer that has not left yet; its words become a draft again."""
    message = seen_message(request, pk)
    case = served_case(request, message.case_id)
    letters.undo(message=message, by=reader(request))
    return shown_after(request, case)


def _told(request: HttpRequest, saved: Draft | None) -> HttpResponse:
    words = render_to_string("desk/case_detail.html#saved", {"saved": saved}, request)
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=200 if saved else 422)


def _reply_form(request: HttpRequest, case: Case) -> ReplyForm:
    uploads = {"uploads": request.FILES.getlist("uploads")}
    return ReplyForm(request.POST, uploads, case=case, draft=draft_of(case, reader(request)))


def _send(request: HttpRequest, form: ReplyForm) -> None:
    """Send it, or keep it and say why not."""
    files = _files(form)
    try:
        letters.reply(case=form.case, author=reader(request), files=files, **_said(form))
    except Impossible as no:
        keep_unsent(request, form, files, has_seen=isinstance(no, CaseMoved))
        raise


def _files(form: ReplyForm) -> tuple[LetterFile, ...]:
    waiting = [from_draft(form.waiting[sha256]) for sha256 in form.cleaned_data["attached"]]
    return (*waiting, *kept(form.cleaned_data["uploads"]))


def _said(form: ReplyForm) -> dict[str, Any]:
    said = {name: value for name, value in form.cleaned_data.items() if name not in {"uploads", "attached"}}
    said["key"] = str(said["key"])
    said["outcome"] = said["outcome"] if said["next_step"] == NextStep.NOTHING else None
    return said
