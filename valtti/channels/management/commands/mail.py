"""`valtti mail ingest | replay`: letters from files into cases, and read again with today's code."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware

from valtti.channels import commandline
from valtti.channels.models import Mailbox
from valtti.people.models import Team

STATES = ("filed", "quarantined", "refused", "waiting")


class Command(BaseCommand):
    """Letters from files, and reading kept ones again. The JSON line is a public contract."""

    help = "Take letters from files, or read kept ones again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="deed", required=True)
        ingest = kinds.add_parser("ingest", help="take letters from files, mboxes, Maildirs and folders")
        ingest.add_argument("--mailbox", required=True, metavar="ADDRESS")
        ingest.add_argument("--team", metavar="KEY", help="team of a mailbox that is not there yet; default the first")
        ingest.add_argument("--silent", action="store_true", help="old mail: no receipts, no clocks, no badges")
        ingest.add_argument("paths", nargs="+", metavar="PATH")
        replay = kinds.add_parser("replay", help="read kept letters again with today's code")
        replay.add_argument("--mailbox", metavar="ADDRESS")
        replay.add_argument("--state", choices=STATES)
        replay.add_argument("--since", metavar="DATE")
        replay.add_argument("--dry-run", action="store_true")
        for kind in (ingest, replay):
            kind.add_argument("--format", choices=["text", "json"], default="text")
            kind.add_argument("--items", action="store_true", help="list each letter with its fate")

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._ingest(options) if options["deed"] == "ingest" else self._replay(options)
        lines = run.json_lines if options["format"] == "json" else run.text_lines
        for line in lines(with_items=options["items"]):
            self.stdout.write(line)

    def _ingest(self, options: dict[str, Any]) -> commandline.Run:
        mailbox = commandline.mailbox_for(options["mailbox"], self._team(options["team"]))
        paths, missing = commandline.existing(options["paths"])
        if missing:
            raise CommandError(f"There is no file or folder {missing[0]}.", returncode=2)
        return commandline.ingest(mailbox=mailbox, paths=paths, silent=options["silent"], complain=self.stderr.write)

    def _replay(self, options: dict[str, Any]) -> commandline.Run:
        mailbox = None
        if options["mailbox"]:
            mailbox = Mailbox.objects.filter(address__iexact=options["mailbox"]).first()
            if mailbox is None:
                raise CommandError(f"There is no mailbox {options['mailbox']}.", returncode=2)
        return commandline.replay(
            mailbox=mailbox, state=options["state"], since=_moment(options["since"]), dry_run=options["dry_run"]
        )

    def _team(self, key: str | None) -> Team:
        teams = Team.objects.active().order_by("pk")
        team = teams.filter(key=key).first() if key else teams.first()
        if team is None:
            words = f"There is no team {key}." if key else "There is no team yet. Make one first: valtti init."
            raise CommandError(words, returncode=2)
        return team


def _moment(written: str | None) -> datetime | None:
    if not written:
        return None
    try:
        at, on = parse_datetime(written), parse_date(written)
    except ValueError:
        at = on = None
    if at is None and on is None:
        raise CommandError(f"{written} is not a date. Write it as 2026-11-20.", returncode=2)
    at = at or datetime(on.year, on.month, on.day)  # type: ignore[union-attr]  # noqa: DTZ001
    return make_aware(at) if is_naive(at) else at
