"""Answers, notes, calls and drafts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from valtti.desk.actions import calls as calls_made
from valtti.desk.actions import drafts
from valtti.desk.actions import replies as letters
from valtti.desk.forms.writing import CallForm, DraftForm, NoteForm, ReplyForm
from valtti.desk.impossible import CaseMoved
from valtti.desk.views.access import reader, seen_message, served_case
from valtti.desk.views.shown import show, shown_after
from valtti.desk.views.uploads import kept
from valtti.ui.http import page


@require_POST
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the answer; refused with what changed when the case moved on meanwhile."""
    case = served_case(request, pk)
    form = ReplyForm(request.POST, {"files": request.FILES.getlist("files")}, case=case, auto_id="answer_%s")
    if not form.is_valid():
        return show(request, case, answer=form, status=422)
    try:
        letters.reply(case=case, author=reader(request), **_said(form))
    except CaseMoved as moved:
        return show(request, case, answer=form, moved=moved, status=409)
    return shown_after(request, case)


@require_POST
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note of ours, never sent."""
    case = served_case(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return show(request, case, note=form, status=422)
    letters.note(case=case, author=reader(request), text=form.cleaned_data["text"])
    return shown_after(request, case)


@require_POST
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a call in this case."""
    case = served_case(request, pk)
    form = CallForm(request.POST, case=case, auto_id="call_%s")
    if not form.is_valid():
        return show(request, case, call=form, status=422)
    calls_made.log_call(case=case, by=reader(request), **form.cleaned_data)
    return shown_after(request, case)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being written, as one types."""
    case = served_case(request, pk)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return page(request, "desk/case_detail.html#saved", {"saved": None}, status=422)
    saved = drafts.save_draft(case=case, author=reader(request), **_draft(form))
    return page(request, "desk/case_detail.html#saved", {"saved": saved})


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


def _said(form: ReplyForm) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    said["files"] = kept(said.pop("files"))
    said["key"] = str(said["key"])
    said["outcome"] = said["outcome"] or None
    return said


def _draft(form: DraftForm) -> dict[str, Any]:
    return form.cleaned_data | {"kind": form.cleaned_data["kind"] or "answer"}
