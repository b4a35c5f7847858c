"""What the tray shows, and the beginning of a customer's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from valtti.channels.ingest.filing import fate_of
from valtti.channels.models import Mailbox, RawItem
from valtti.channels.queries.outgoing import tray_posts
from valtti.channels.queries.quarantine import case_of, reference_of
from valtti.core import cast, files
from valtti.core.models import OutgoingPost
from valtti.core.numbers import row_number
from valtti.desk.models import Case
from valtti.people.models import User

PAGE = 50
FRAME_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of the tray; `older` is the address of the next."""

    posts: Sequence[OutgoingPost]
    older: str


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a letter written as a customer. `case` only if the reader may see it."""

    item: RawItem
    is_waiting: bool
    is_case: bool
    case: Case | None
    reference: str


def page_of(before: str | None) -> Shown:
    """Newest first, paged by key."""
    posts = tray_posts().order_by("-pk")
    if (last := row_number(before)) is not None:
        posts = posts.filter(pk__lt=last)
    found = list(posts[: PAGE + 1])
    older = f"{reverse('channels:tray')}?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    return Shown(found[:PAGE], older)


def html_of(post: OutgoingPost) -> str:
    """The HTML alternative of the stored letter; empty when there is none."""
    raw = letter_bytes(post)
    letter = message_from_bytes(raw) if raw else None
    for part in letter.walk() if letter else ():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return ""


def answer_begun(post: OutgoingPost | None) -> dict[str, Any]:
    """A form filled as a customer's mail program would fill an answer to this letter."""
    if post is None:
        return {}
    subject = str(post.headers.get("Subject", ""))
    mailbox, to = Mailbox.objects.filter(address=post.source).first(), post.to[0] if post.to else ""
    known = to in {person.address for person in cast.CUSTOMERS}
    return {
        "customer": to if known else "",
        "address": "" if known else to,
        "mailbox": mailbox.pk if mailbox else None,
        "subject": subject if subject.lower().startswith("re:") else f"Re: {subject}",
        "text": f"\n\n\n{quoted(post)}",
    }


def quoted(post: OutgoingPost) -> str:
    """The letter answered, quoted below as mail programs do."""
    return "\n".join(f"> {line}".rstrip() for line in post.body.strip().splitlines())


def letter_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What the form gave, as the action takes it."""
    return {name: given[name] for name in ("mailbox", "name", "address", "subject", "text")}


def written_items() -> QuerySet[RawItem]:
    """Letters that were written here, by whomever: in the demo everybody plays the customer."""
    return RawItem.objects.filter(external_id__startswith="tray:")


def written_url(item: RawItem) -> str:
    """Where one sees what became of it."""
    return reverse("channels:written", args=[item.pk])


def written(item: RawItem, user: User) -> Written:
    """Waiting, a case, or set aside."""
    fate = fate_of(item)
    reference = reference_of(item)
    return Written(item, fate is None, bool(reference), case_of(item, user), reference)


def letter_bytes(post: OutgoingPost) -> bytes | None:
    """The bytes that would have left; None while the letter is not built."""
    return files.read(post.letter_sha256) if post.letter_sha256 else None
