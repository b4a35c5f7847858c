"""Quarantine: what could not be filed by itself, and one decision each; the source of a letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from valtti.channels.actions import quarantine as actions
from valtti.channels.forms.quarantine import NoteForm, RefusalForm
from valtti.channels.models import Block, Quarantine, RawItem
from valtti.channels.queries import quarantine as queries
from valtti.channels.views.access import person
from valtti.core import audit, files
from valtti.core.permissions import needs
from valtti.ui.http import leave, page


@require_safe
@needs("quarantine.handle")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and who is blocked."""
    context = {"rows": queries.undecided_for(person(request))[:200], "blocks": queries.blocks_for(person(request))}
    return page(request, "channels/quarantine.html", context)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter in quarantine: why, and what can be shown of it."""
    found = _found(request, pk)
    return page(request, "channels/quarantine_item.html", _context(request, found))


@require_POST
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """File it as a case of its own, or on the one its headers prove."""
    found = _found(request, pk)
    actions.file_as_case(quarantine=found, by=person(request))
    return leave(request, found.raw_item)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """File it as a note on a case."""
    found = _found(request, pk)
    form = NoteForm(request.POST, user=person(request))
    if not form.is_valid():
        return page(request, "channels/quarantine_item.html", _context(request, found, note_form=form), status=422)
    actions.file_as_note(quarantine=found, case=form.cleaned_data["case"], by=person(request))
    return leave(request, found.raw_item)


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse it."""
    found = _found(request, pk)
    form = RefusalForm(request.POST)
    block = form.is_valid() and form.cleaned_data["block_sender"]
    actions.refuse_letter(quarantine=found, by=person(request), block_sender=block)
    return leave(request, "channels:quarantine")


@require_POST
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it again with today's code."""
    found = _found(request, pk)
    actions.read_again(quarantine=found, by=person(request))
    return leave(request, found)


@require_POST
def lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a blocked sender write again."""
    found = get_object_or_404(Block.objects.visible_to(person(request)), pk=pk)
    actions.lift_block(block=found, by=person(request))
    return leave(request, "channels:quarantine")


@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The source of a letter: bytes as text, parts, why folded, why automatic, how far trusted."""
    found = get_object_or_404(RawItem.objects.visible_to(person(request)).select_related("mailbox"), pk=pk)
    audit.note("source.read", by=person(request), subject=found)
    return page(request, "channels/source.html", {"source": queries.source(found, person(request))})


@require_safe
def raw_bytes(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a file."""
    found = get_object_or_404(RawItem.objects.visible_to(person(request)), pk=pk)
    audit.note("source.downloaded", by=person(request), subject=found)
    answer = HttpResponse(files.read(found.sha256), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="letter-{found.pk}.eml"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _found(request: HttpRequest, pk: int) -> Quarantine:
    rows = Quarantine.objects.visible_to(person(request)).select_related("raw_item__mailbox__team")
    return get_object_or_404(rows, pk=pk)


def _context(request: HttpRequest, found: Quarantine, note_form: NoteForm | None = None) -> dict[str, object]:
    return {
        "row": found,
        "why": queries.WHY.get(found.why, queries.WHY["filing_failed"]),
        "note_form": note_form or NoteForm(user=person(request)),
        "refusal_form": RefusalForm(),
        "case": queries.case_of(found.raw_item, person(request)),
    }
