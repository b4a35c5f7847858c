"""`valtti audit verify`: does the chain of the audit log hold? `valtti audit forget`: a person has been erased."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from valtti.core import audit, audit_marks


class Command(BaseCommand):
    help = "Verify the audit log, or make an erased person unreadable in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="go along the chain and name the first broken link")
        verify.add_argument("--anchor", action="append", default=[], metavar="SEQ:HASH", help="a link said in a log")
        verify.add_argument("--format", choices=["text", "json"], default="text")

        forget = deeds.add_parser("forget", help="make the names and addresses of an erased person unreadable")
        forget.add_argument("kind", help="kind of row, such as people.user")
        forget.add_argument("number", type=int, help="its number")

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        if deed == "forget":
            self._forget(options["kind"].lower(), options["number"])
        else:
            self._verify(options["anchor"], options["format"])

    def _forget(self, kind: str, number: int) -> None:
        if not audit_marks.forget(kind, number):
            raise CommandError(f"The log keeps no names or addresses of {kind} {number}.")
        self.stdout.write(f"Nobody can read the names and addresses of {kind} {number} in the log any more.")

    def _verify(self, anchor: list[str], format: str) -> None:
        verdict = audit.verify([_link(text) for text in anchor])
        if format == "json":
            row = {"last": str(verdict.last), "broken_at": verdict.broken_at, "why": verdict.why}
            self.stdout.write(json.dumps(row))
        elif verdict.broken_at is None:
            self.stdout.write(f"The chain holds up to {verdict.last}.")
        if verdict.broken_at is not None:
            raise CommandError(f"{verdict.why} The chain holds up to {verdict.last.seq}.")


def _link(text: str) -> audit.Link:
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise CommandError(f"{text} is not an anchor like 120:5f3a…", returncode=2)
    return audit.Link(int(seq), digest)
