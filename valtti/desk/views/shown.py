"""What the page of a case is drawn from: the same context for the page and for every answer to its forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from valtti.core.calendars import versions_of
from valtti.core.permissions import may
from valtti.customers.timeline import for_customer
from valtti.desk.forms.deeds import (
    AssignmentForm,
    ClosureForm,
    ReasonForm,
    ReopeningForm,
    RestrictionForm,
    TagForm,
    TopicForm,
    WhoseForm,
)
from valtti.desk.forms.steering import steering_forms
from valtti.desk.forms.writing import CallForm, NoteForm, ReplyForm
from valtti.desk.impossible import CaseMoved
from valtti.desk.models import Case
from valtti.desk.queries.board import Board, open_hours
from valtti.desk.queries.case_page import CasePage, case_page
from valtti.desk.queries.choices import tags_for
from valtti.desk.queries.filters import Filters
from valtti.desk.queries.queue import queue_for
from valtti.desk.queries.restrictions import closed_of
from valtti.desk.views.access import may_assign, may_reassign, reader, seen_case
from valtti.people.models import User
from valtti.ui import board as boards
from valtti.ui.http import done, page, wants_part

type OfCase = Callable[[HttpRequest, int], HttpResponse]

TEMPLATE = "desk/case_detail.html#shown"
"""The sheet, and what stands beside it: a deed changes the queue, the card and the menu too."""


def show(request: HttpRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The case as it stands now, with the form that was just filled in wrongly in its place."""
    return page(request, TEMPLATE, context_of(request, case, **forms), status=status)


def shown_after(request: HttpRequest, case: Case) -> HttpResponse:
    """A deed is done: the case as it stands now."""
    case.refresh_from_db()
    return done(request, TEMPLATE, context_of(request, case) if wants_part(request) else {}, to=case)


def shown_moved(request: HttpRequest, case: Case, moved: CaseMoved, **forms: Any) -> HttpResponse:
    """409: the case as it stands now, with what happened meanwhile."""
    case.refresh_from_db()
    return show(request, case, status=409, moved=moved, **forms)


def tells_what_moved(view: OfCase) -> OfCase:
    """Decorate a deed on a case: where the case has moved on, its page says what happened, and nothing was changed."""

    @wraps(view)
    def told(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return view(request, pk)
        except CaseMoved as moved:
            return shown_moved(request, seen_case(request, pk), moved)

    return told


def context_of(request: HttpRequest, case: Case, **forms: Any) -> dict[str, Any]:
    """Everything `desk/case_detail.html` draws."""
    user = reader(request)
    shown = case_page(case, user)
    serves = may(user, "cases.serve", case.team)
    context: dict[str, Any] = {
        "case": case,
        "shown": shown,
        "serves": serves,
        "admits": may(user, "senders.admit", case.team),
        "closed": closed_of(case),
        "board": board_shown(shown.board, case) if shown.board else None,
        "undo_seconds": user.undo_seconds if user.undo_seconds is not None else case.team.undo_seconds,
    }
    if may(user, "cases.restrict", case.team):
        context |= restricting_forms(case, user) | forms
    if serves:
        context |= {"all_tags": tags_for(user)} | blank_forms(shown, user) | forms
    return context | _beside(case, user)


def _beside(case: Case, user: User) -> dict[str, Any]:
    """The columns beside the sheet. This case tells its own story."""
    here = case.get_absolute_url()
    lines = for_customer(case.customer, user).lines if case.customer else []
    history = [line for line in lines if line.url != here and not line.folded]
    return {"mine": queue_for(user, Filters(who="mine")), "history": history[:6]}


def board_shown(board: Board, case: Case) -> boards.Board:
    """The promise as the board draws it."""
    promise = board.promise
    called = case.customer.first_name if case.customer else ""
    standing = _("late, promised by: %(agent)s") if board.due.is_late else _("standing, promised by: %(agent)s")
    return boards.Board(
        heading=_("Next for the customer: %(name)s") % {"name": called} if called else _("Next for the customer"),
        what=promise.text,
        due_at=promise.due_at,
        promised_at=promise.made_at,
        now=board.due.now,
        standing=standing % {"agent": promise.owner.first_name},
        what_language=promise.language,
        spans=open_hours(board, versions_of(case.team.calendar)),
    )


def restricting_forms(case: Case, user: User) -> dict[str, Any]:
    """For whoever may restrict a case and open it again."""
    named = list(case.let_in.values_list("user_id", flat=True)) if case.restricted else []
    return {
        "restricting": RestrictionForm(case=case, by=user, initial={"readers": named}),
        "lifting": ReasonForm(auto_id="lifting_%s"),
    }


def blank_forms(shown: CasePage, user: User) -> dict[str, Any]:
    """Every form of the page as it stands before anything is typed; the answer with its draft."""
    case = shown.case
    seen = {"seen_event": shown.seen_event}
    leads = may_reassign(user, case)
    return {
        "answer": ReplyForm.for_page(case, shown.answer),
        "note": NoteForm(initial={"text": shown.note.text if shown.note else ""}, auto_id="note_%s"),
        "call": CallForm(case=case),
        "closing": ClosureForm(initial=seen | {"told_customer": True}, auto_id="closing_%s"),
        "reopening": ReopeningForm(initial=seen, auto_id="reopening_%s"),
        "giving": AssignmentForm(case=case, by=user, leads=leads, initial=seen | {"user": case.assignee_id}),
        "topic": TopicForm(initial={"topic": case.topic_id}, auto_id="topic_%s"),
        "tagging": TagForm(case=case),
        "whose": WhoseForm(case=case) if case.customer_id is None else None,
        "leads": leads,
        "assigns": may_assign(user, case),
    } | steering_forms(case, shown.seen_event)
