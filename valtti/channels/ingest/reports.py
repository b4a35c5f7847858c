"""What another server tells of a letter of ours: found by its id, else by recipient and time; told to the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from valtti.channels.email.schema import Letter as Read
from valtti.channels.email.schema import Recipient
from valtti.channels.ingest import complaints
from valtti.channels.models import RawItem
from valtti.core import outbox
from valtti.core.models import OutgoingPost
from valtti.core.models.post import PostState

GUESS_WITHIN = timedelta(days=5)
_LEFT = (PostState.ACCEPTED, PostState.DELAYED, PostState.DELIVERED, PostState.UNCERTAIN)


def tell(item: RawItem, read: Read) -> OutgoingPost | None:
    """The post a report is about, told what became of it; None when it is no letter of ours."""
    report = read["report"]
    if report is None:
        return None
    post, guessed = _post_of(item, read)
    if post is None:
        return None
    worst = _worst(report["recipients"])
    match report["kind"]:
        case "bounce" if worst is not None and worst["lasting"] == "permanent":
            outbox.report(post, PostState.BOUNCED, bounce_class=worst["class"], why=_why(worst, guessed))
        case "bounce" | "delay":
            bounce_class = worst["class"] if worst else "other"
            outbox.report(post, PostState.DELAYED, bounce_class=bounce_class, why=_why(worst, guessed))
        case "delivered":
            outbox.report(post, PostState.DELIVERED, why=_why(worst, guessed))
        case "complaint":
            complaints.take(outbox.complained(post), [one for one in map(_address, report["recipients"]) if one])
        case "receipt":
            pass
    return post


def _post_of(item: RawItem, read: Read) -> tuple[OutgoingPost | None, bool]:
    """By our Message-ID in the report or its references; else the last letter to that address, marked guessed."""
    report = read["report"]
    assert report is not None
    ids = [report["original"]["message_id"] or "", *read["headers"]["in_reply_to"], *read["headers"]["references"]]
    found = OutgoingPost.objects.filter(message_id__in=[one for one in ids if one]).order_by("-pk").first()
    if found is not None or report["kind"] in {"complaint", "receipt"}:
        return found, False
    return _guessed(item, [one for one in map(_address, report["recipients"]) if one]), True


def _guessed(item: RawItem, addresses: list[str]) -> OutgoingPost | None:
    since: datetime = item.received_at - GUESS_WITHIN
    recent = OutgoingPost.objects.filter(
        source=item.source, state__in=_LEFT, state_at__gte=since, state_at__lte=item.received_at
    ).order_by("-state_at")[:500]
    wanted = {address.casefold() for address in addresses}
    return next((post for post in recent if wanted & {one.casefold() for one in post.to}), None)


def _address(recipient: Recipient) -> str:
    return recipient["final"] or recipient["original"] or ""


def _worst(recipients: list[Recipient]) -> Recipient | None:
    order = {"permanent": 0, "unknown": 1, "temporary": 2}
    return min(recipients, key=lambda one: order[one["lasting"]], default=None)


def _why(recipient: Recipient | None, guessed: bool) -> str:
    if recipient is None:
        return ""
    said = " ".join(part for part in (recipient["status"], recipient["diagnostic"]) if part)[:500]
    return f"{said} (guessed)" if guessed else said
