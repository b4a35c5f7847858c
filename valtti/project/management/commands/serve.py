"""`valtti serve`: pages, live updates and workers, watched and restarted."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from valtti.project.first_start import collect_static_files, migrations_missing
from valtti.project.serve.lock import CannotServe
from valtti.project.serve.supervisor import KINDS, Supervisor


class Command(BaseCommand):
    help = "Serve the house: pages, live updates and workers, until Ctrl-C or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", default=",".join(KINDS), help="web, worker, or both with a comma (default: both)."
        )
        parser.add_argument("--reload", action="store_true", help="Restart when a source file changes.")

    def handle(self, *args: Any, only: str, reload: bool, **options: Any) -> None:
        kinds = [word.strip() for word in only.split(",")]
        if wrong := [kind for kind in kinds if kind not in KINDS]:
            raise CommandError(f"--only knows {' and '.join(KINDS)}, not {wrong[0]}.", returncode=2)
        if migrations_missing():
            raise CommandError("The database is older than this version. Run `valtti migrate` first.")
        if "web" in kinds and not settings.DEBUG:
            collect_static_files(self.stderr.write)
        try:
            Supervisor(kinds, reload=reload).run(lambda: self.stdout.write(f"Valtti listens at {settings.PUBLIC_URL}"))
        except CannotServe as why:
            raise CommandError(str(why)) from None
