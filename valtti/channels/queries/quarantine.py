"""What the quarantine and source pages show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from valtti.channels.ingest.filing import Outcome, fate_of
from valtti.channels.models import Block, Filing, Quarantine, RawItem, Refusal
from valtti.core import files
from valtti.desk.models import Case, Message
from valtti.desk.models.words import Trust
from valtti.people.models import User

SHOWN_BYTES = 200_000

WHY: dict[str, Any] = {
    "own_staff": _("It comes from one of our own addresses. Such letters never act for us; file it as a note."),
    "reader_killed": _("Reading it took too much time or memory, so it was stopped. The bytes are kept."),
    "unreadable": _("Nothing in it could be read as a letter. The bytes are kept."),
    "filing_failed": _("It was read, but could not be filed. Reading it again may help after an update."),
}
RULES: dict[str, Any] = {
    "own_loop": _("It was a letter of our own that came back."),
    "blocked": _("The team has blocked this sender."),
    "by_hand": _("A person of ours refused it."),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One raw item as leads see it: its fate, the reading behind it, the first bytes as text."""

    item: RawItem
    fate: Filing | Quarantine | Refusal | None
    kind: str
    why: Any
    reading: dict[str, Any]
    trust: Any
    text: str
    is_cut: bool
    case: Case | None
    same_as: RawItem | None


def undecided_for(user: User) -> QuerySet[Quarantine]:
    """What waits for a decision of this user, newest first."""
    rows = Quarantine.objects.visible_to(user).undecided()
    return rows.select_related("raw_item__mailbox__team").order_by("-at")


def waiting_count(user: User) -> int:
    """For the menu."""
    return Quarantine.objects.visible_to(user).undecided().count()


def blocks_for(user: User) -> QuerySet[Block]:
    """Senders blocked by the teams this user leads."""
    return Block.objects.visible_to(user).in_force().select_related("team", "blocked_by").order_by("address")


def source(item: RawItem, user: User) -> Source:
    """What the source page of one item shows to this user."""
    fate = fate_of(item)
    raw = _bytes(item)
    reading = getattr(fate, "reading", {}) or {}
    return Source(
        item=item,
        fate=fate,
        kind=_kind(fate),
        why=_why(fate),
        reading=reading,
        trust=dict(Trust.choices).get(reading.get("trust", {}).get("result", ""), Trust.UNKNOWN.label),
        text=raw[:SHOWN_BYTES].decode("utf-8", "replace").replace("\0", "␀"),
        is_cut=len(raw) > SHOWN_BYTES,
        case=case_of(item, user),
        same_as=_visible_original(fate, user),
    )


def case_of(item: RawItem, user: User) -> Case | None:
    """The case the item's message stands in, if this user may see it."""
    messages = Message.objects.filter(raw_item_id=item.pk).values("case")
    return Case.objects.visible_to(user).filter(pk__in=messages).first()


def reference_of(item: RawItem) -> str:
    """The number of the case the item's message stands in; empty when there is none."""
    found = Case.objects.filter(messages__raw_item_id=item.pk).values_list("reference", flat=True).first()
    return found or ""


def _bytes(item: RawItem) -> bytes:
    try:
        return files.read(item.sha256)
    except OSError:
        return b""


def _kind(fate: Outcome | None) -> str:
    match fate:
        case Filing():
            return fate.as_what
        case Quarantine():
            return "quarantine"
        case Refusal():
            return "refusal"
        case None:
            return "waiting"
        case never:
            assert_never(never)


def _why(fate: Outcome | None) -> Any:
    match fate:
        case Quarantine():
            return WHY.get(fate.why, WHY["filing_failed"])
        case Refusal():
            return RULES.get(fate.rule, RULES["by_hand"])
        case Filing() | None:
            return ""
        case never:
            assert_never(never)


def _visible_original(fate: object, user: User) -> RawItem | None:
    if not isinstance(fate, Filing) or fate.same_as_id is None:
        return None
    return RawItem.objects.visible_to(user).filter(pk=fate.same_as_id).first()
