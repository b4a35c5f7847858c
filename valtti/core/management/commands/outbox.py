"""`valtti outbox list | retry`: post that has not left, and one more try."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from valtti.core import outbox
from valtti.core.models import OutgoingPost
from valtti.core.models.post import PostState

ENDED = (PostState.ACCEPTED, PostState.DELIVERED, PostState.CANCELLED)


class Command(BaseCommand):
    help = "List post that has not left, or try a piece of it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        listing = deeds.add_parser("list", help="what waits, is delayed, uncertain, bounced or failed")
        listing.add_argument("--state", choices=[state.value for state in PostState if state not in ENDED])
        listing.add_argument("--format", choices=["text", "json"], default="text")
        retry = deeds.add_parser("retry", help="try one piece at once")
        retry.add_argument("number", type=int, metavar="NUMBER")

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        if deed == "list":
            self._list(options["state"], options["format"])
        else:
            self._retry(options["number"])

    def _list(self, state: str | None, written: str) -> None:
        rows = OutgoingPost.objects.exclude(state__in=ENDED).order_by("pk")
        for post in rows.filter(state=state) if state else rows:
            self.stdout.write(json.dumps(_row(post)) if written == "json" else _line(post))

    def _retry(self, number: int) -> None:
        post = OutgoingPost.objects.filter(pk=number).first()
        if post is None:
            raise CommandError(f"There is no post with the number {number}.", returncode=2)
        self.stdout.write(_line(outbox.send_again(post)))


def _row(post: OutgoingPost) -> dict[str, Any]:
    """No addresses and no texts: this is read by monitoring."""
    return {
        "number": post.pk,
        "state": post.state,
        "channel": post.channel,
        "kind": post.kind,
        "made_at": post.made_at.isoformat(),
        "tries": post.attempts.count(),
    }


def _line(post: OutgoingPost) -> str:
    tries = post.attempts.count()
    return (
        f"{post.pk:>8}  {post.state:<10} {post.channel:<8} {post.kind:<16} {post.made_at:%Y-%m-%d %H:%M}  {tries} tries"
    )
