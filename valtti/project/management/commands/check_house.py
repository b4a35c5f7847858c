"""`valtti check`: is the house fit to be opened?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from valtti.project import checks


class Command(BaseCommand):
    help = (
        "Look at database, clock, disk, keys, settings, the balance of letters and the derived columns. "
        "Exit code 1 when something must be put right."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json: one object a line")

    def handle(self, *args: Any, format: str, **options: Any) -> None:
        found = checks.findings()
        for finding in found:
            self.stdout.write(json.dumps(finding.as_row()) if format == "json" else _line(finding))
        wrong = sum(finding.level == "error" for finding in found)
        if wrong:
            raise CommandError(f"{wrong} things must be put right.")


def _line(finding: checks.Finding) -> str:
    return f"{finding.level:<8} {finding.about}: {finding.words} {finding.remedy}".rstrip()
