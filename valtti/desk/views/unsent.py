"""An answer that was not sent: its words and files wait in the draft."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest

from valtti.desk.actions import drafts
from valtti.desk.forms.writing import DraftForm, ReplyForm
from valtti.desk.letter import LetterFile
from valtti.desk.models import Case, Draft
from valtti.desk.views.access import reader
from valtti.desk.views.uploads import as_plain, from_draft, kept
from valtti.people.models import User


def draft_of(case: Case, user: User) -> Draft | None:
    """The user's unsent answer in this case."""
    return case.drafts.filter(author=user, kind="answer").first()


def keep_unsent(
    request: HttpRequest, form: ReplyForm, files: Sequence[LetterFile] | None = None, *, has_seen: bool = False
) -> None:
    """Keep it, and let the form show it again; `has_seen` when the page now shows what had moved."""
    case, typed = form.case, DraftForm(request.POST)
    waiting = _waiting(form) if files is None else files
    draft = draft_of(case, reader(request))
    if typed.is_valid() and (typed.cleaned_data["text"].strip() or waiting):
        plain = [as_plain(file) for file in waiting]
        draft = drafts.save_draft(case=case, author=reader(request), files=plain, **typed.cleaned_data)
    case.refresh_from_db(fields=["last_event"])
    form.show_again(draft, seen_event=case.last_event if has_seen else None)


def _waiting(form: ReplyForm) -> list[LetterFile]:
    """Files of a form that is not in order: those that were attached, and uploads unless they are too many."""
    attached = [from_draft(form.waiting[sha256]) for sha256 in form.cleaned_data.get("attached", [])]
    return [*attached, *kept(form.cleaned_data.get("uploads", []))]
