"""A letter was read again with better eyes: what is derived from its bytes is brought up to date, nothing else."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from valtti.desk.actions.keeping import locked, refresh, tell
from valtti.desk.letter import Letter
from valtti.desk.models import Case, Message, MessageFile

DERIVED = ("subject", "language", "text", "ranges", "hidden", "html_sha256")


@transaction.atomic
def reread(*, message_id: int, letter: Letter, dry_run: bool = False) -> list[str]:
    """Names of what came out differently. No clock moves, nobody is told but the search."""
    case = Case.objects.filter(messages=message_id).first()
    if case is None:
        return []
    case = locked(case)  # before the message, as every other deed does
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    fresh: dict[str, Any] = {name: value for name, value in letter.columns().items() if name in DERIVED}
    changed = [name for name in DERIVED if getattr(message, name) != fresh[name]]
    known = set(message.files.values_list("sha256", flat=True))
    added = [file for file in letter.files if file.sha256 not in known]
    if not dry_run and (changed or added or message.notice != letter.notice):
        _write(case, message, {name: fresh[name] for name in changed}, letter, [file.columns() for file in added])
    return [*changed, *(["files"] if added else [])]


def _write(case: Case, message: Message, fresh: dict[str, Any], letter: Letter, added: list[dict[str, Any]]) -> None:
    for name, value in fresh.items():
        setattr(message, name, value)
    if message.notice in {"", *FROM_READING}:
        message.notice = letter.notice
    message.save(update_fields=[*fresh, "notice"])
    MessageFile.objects.bulk_create(MessageFile(message=message, **columns) for columns in added)
    tell("message.reread", case=case, subject=message, silent=True, facts={"changed": sorted(fresh)})
    refresh(case)


FROM_READING = ("not_shown_safely", "left_on_server")
"""Notices that come from the bytes; others tell of the thread and stay."""
