"""What becomes of one read item: the house's rules in order, the first that fits decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from valtti.channels.email.schema import Letter as Read
from valtti.channels.models import Block, Mailbox, RawItem
from valtti.people.models import User

type Fate = Literal["message", "report", "receipt", "link", "quarantine", "refuse"]

KILLED = frozenset({"letter_cpu_seconds", "letter_wall_seconds", "letter_memory_bytes", "reader_died", "reader_failed"})
"""What ends the reading process itself: a person looks before such a letter becomes a case."""

REPORTS = frozenset({"bounce", "delay", "delivered", "complaint"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fate, the rule that led to it, and the letter held already when it is a link."""

    fate: Fate
    why: str = ""
    same_as: RawItem | None = None


def judge(item: RawItem, read: Read) -> Verdict:
    """The fate of an item whose ids stand in its row already."""
    if KILLED & set(read["limits"]["hit"]):
        return Verdict("quarantine", "reader_killed")
    if read["outcome"] == "unreadable":
        return Verdict("quarantine", "unreadable")
    if read["kind"] == "own_loop":
        return Verdict("refuse", "own_loop")
    if same := held_elsewhere(item, read):
        return Verdict("link", same_as=same)
    if read["kind"] in REPORTS:
        return Verdict("report", read["kind"])
    if read["kind"] == "receipt":
        return Verdict("receipt")
    return _by_sender(item, sender_of(read))


def _by_sender(item: RawItem, sender: str) -> Verdict:
    if sender and is_ours(sender):
        return Verdict("quarantine", "own_staff")
    if sender and item.mailbox and Block.objects.in_force().filter(team=item.mailbox.team, address=sender).exists():
        return Verdict("refuse", "blocked")
    return Verdict("message")


def sender_of(read: Read) -> str:
    """The real writer's address as it is matched; empty when the letter names none."""
    author = read["author"]
    return ((author["ascii"] or author["address"] or "") if author else "").casefold()


def is_ours(address: str) -> bool:
    """A person of the house, or one of its own mailboxes: neither is a customer, and neither acts by letter."""
    return User.objects.filter(email__iexact=address, is_active=True).exists() or is_own_mailbox(address)


def is_own_mailbox(address: str) -> bool:
    """An address of the house itself: two of them never answer each other."""
    return Mailbox.objects.filter(address__iexact=address).exists()


def held_elsewhere(item: RawItem, read: Read) -> RawItem | None:
    """The same letter, filed already: by its own id and the hash of its body, or byte for byte."""
    others = RawItem.objects.exclude(pk=item.pk).filter(filing__as_what__in=["message", "report", "receipt"])
    if not read["headers"]["message_id_made"]:
        found = others.filter(message_id=item.message_id, body_sha256=item.body_sha256).order_by("pk").first()
        if found is not None:
            return found
    return others.filter(sha256=item.sha256).order_by("pk").first()
