"""`valtti audit verify`: does the chain of the audit log hold?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from valtti.core import audit


class Command(BaseCommand):
    help = "Verify the audit log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        verify = deeds.add_parser("verify", help="go along the chain and name the first broken link")
        verify.add_argument("--anchor", action="append", default=[], metavar="SEQ:HASH", help="a link said in a log")
        verify.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, anchor: list[str], format: str, **options: Any) -> None:
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
