"""What the outbox and tray pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from valtti.channels.email.house import HOUSE
from valtti.channels.models import Mailbox
from valtti.core import clock, permissions
from valtti.core.models import OutgoingPost
from valtti.core.models.post import PostState
from valtti.desk.models import Message
from valtti.people.models import User

NOT_LEFT_AFTER = timedelta(minutes=10)
SIGNS: dict[str, tuple[str, str, Any]] = {
    PostState.HELD: ("half", "", pgettext_lazy("state of a letter", "held for undo")),
    PostState.QUEUED: ("half", "", pgettext_lazy("state of a letter", "waits to leave")),
    PostState.DELAYED: ("half", "warn", pgettext_lazy("state of a letter", "delayed")),
    PostState.UNCERTAIN: ("half", "warn", pgettext_lazy("state of a letter", "unknown whether it arrived")),
    PostState.FAILED: ("open", "bad", pgettext_lazy("state of a letter", "has not left")),
    PostState.BOUNCED: ("open", "bad", pgettext_lazy("state of a letter", "came back")),
    PostState.ACCEPTED: ("full", "good", pgettext_lazy("state of a letter", "left")),
    PostState.DELIVERED: ("full", "good", pgettext_lazy("state of a letter", "delivered")),
    PostState.CANCELLED: ("open", "", pgettext_lazy("state of a letter", "stopped")),
}
STUCK = (PostState.DELAYED, PostState.UNCERTAIN, PostState.FAILED, PostState.BOUNCED)
RETURNED = (PostState.FAILED, PostState.BOUNCED)
STOPPABLE = (PostState.HELD, PostState.QUEUED, PostState.DELAYED)
RETRIABLE = (PostState.QUEUED, PostState.DELAYED, PostState.FAILED)


@dataclass(frozen=True, slots=True)
class Row:
    """One letter of the outbox as the page shows it."""

    post: OutgoingPost
    fill: str
    urgency: str
    word: Any
    late: bool
    may_retry: bool
    may_stop: bool
    may_readdress: bool = False

    @property
    def subject(self) -> str:
        return str(self.post.headers.get("Subject", ""))


def outgoing_for(user: User) -> QuerySet[OutgoingPost]:
    """Letters of the teams this user leads; those of the house for administrators."""
    mine = Q(team_id__in=permissions.teams_with(user, "cases.reassign"))
    house = Q(team_id=None, source=HOUSE) if permissions.may(user, "mailboxes.manage") else Q(pk=None)
    hidden = Message.objects.filter(post=OuterRef("pk")).closed_to(user)
    return OutgoingPost.objects.filter(mine | house).exclude(Exists(hidden))


def returned_for(user: User) -> QuerySet[OutgoingPost]:
    """Answers that came back or were given up, of the teams this user serves in."""
    mine = OutgoingPost.objects.filter(
        team_id__in=permissions.teams_with(user, "cases.serve"),
        kind="answer",
        subject_kind=Message._meta.label_lower,
        state__in=RETURNED,
    )
    return mine.exclude(Exists(Message.objects.filter(post=OuterRef("pk")).closed_to(user)))


def outbox_rows(user: User) -> list[Row]:
    """What has not left, newest trouble first: failed and uncertain above delayed above waiting."""
    waiting = Q(state__in=[*STUCK, PostState.QUEUED])
    posts = list(outgoing_for(user).filter(waiting).order_by("-state_at")[:200])
    order = {state: number for number, state in enumerate((*reversed(STUCK), PostState.QUEUED))}
    mine = set(returned_for(user).filter(pk__in=[post.pk for post in posts]).values_list("pk", flat=True))
    ordered = sorted(posts, key=lambda post: order[PostState(post.state)])
    return [row(post, may_readdress=post.pk in mine) for post in ordered]


def stuck_count(user: User) -> int:
    """For the menu."""
    return outgoing_for(user).filter(state__in=[PostState.UNCERTAIN, PostState.FAILED]).count()


def row(post: OutgoingPost, *, may_readdress: bool = False) -> Row:
    """One letter with its state in words."""
    fill, urgency, word = SIGNS[post.state]
    late = post.state == PostState.QUEUED and clock.now() - post.not_before > NOT_LEFT_AFTER
    theirs = post.state == PostState.DELAYED and post.settled_at is not None  # another server tries, not we
    may_retry, may_stop = post.state in RETRIABLE, post.state in STOPPABLE
    return Row(post, fill, urgency, word, late, may_retry and not theirs, may_stop and not theirs, may_readdress)


def tray_posts() -> QuerySet[OutgoingPost]:
    """What would have left: letters of mailboxes whose server is the tray, and the house's."""
    trays = Mailbox.objects.filter(smtp_host="tray").values("address")
    left = (PostState.ACCEPTED, PostState.DELIVERED, PostState.BOUNCED)
    sources = Q(source__in=trays) | Q(source=HOUSE)
    return OutgoingPost.objects.filter(sources, state__in=left, relay_id__startswith="tray:").order_by(
        "-state_at", "-pk"
    )
