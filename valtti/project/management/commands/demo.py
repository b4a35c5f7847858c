"""`valtti demo`: the demo company on this machine, from nothing to an open door."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from valtti.core import clock
from valtti.project.demo import aside, logins, place
from valtti.project.first_start import collect_static_files, migrations_missing
from valtti.project.serve.lock import CannotServe
from valtti.project.serve.supervisor import Supervisor


class Command(BaseCommand):
    help = "Serve the demo company with its own data, until Ctrl-C. What is done in it is kept for the next time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        place.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if migrations_missing():
            with self._step("Making the database"):
                call_command("migrate", verbosity=0, interactive=False)
        if place.is_complete():
            self.stdout.write("The data of the last time is kept; --fresh begins anew.")
            self._collect()
        else:
            self._load()
        try:
            Supervisor().run(self._say_where)
        except CannotServe as why:
            raise CommandError(str(why)) from None

    def _load(self) -> None:
        loading = aside.begin(_load_company)
        self._collect()
        with self._step("Loading the demo company"):
            if not aside.end(loading):
                raise CommandError("The demo company could not be loaded.")
        place.say_complete()

    def _collect(self) -> None:
        with self._step("Making the static files ready"):
            collect_static_files(lambda _line: None)

    def _say_where(self) -> None:
        people = logins.read(_logins())
        lines = [f"  {one.role:<14} {one.login:<30} {one.password}  {one.name}" for one in logins.one_a_role(people)]
        self.stdout.write("\nThe demo company is open at\n")
        self.stdout.write(f"{settings.PUBLIC_URL}\n\n")
        self.stdout.write("\n".join(lines))
        self.stdout.write(f"\nEverybody's login is in {_logins()}. Ctrl-C stops the demo.")
        self.stdout.flush()

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """One line: what is being done, and how long it took."""
        began = time.monotonic()
        self.stdout.write(f"{what} … ", ending="")
        self.stdout.flush()
        yield
        self.stdout.write(f"{time.monotonic() - began:.1f} s")


def _load_company(say: aside.Say) -> None:
    from valtti.project.demo.load import load
    from valtti.project.demo.recording import DoesNotFit

    try:
        load(clock.now(), _logins(), say)
    except DoesNotFit as why:
        raise SystemExit(str(why)) from None


def _logins() -> Path:
    return Path(settings.DATA) / "logins.txt"
