"""`valtti demo-record`: live the demo's past anew and write it down, after the tables or the stories have changed."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from valtti.project.demo.recording import PATH, written


class Command(BaseCommand):
    help = "For developers: live the demo company's past in a database of its own and record it for `valtti demo`."

    def handle(self, *args: Any, **options: Any) -> None:
        from valtti.project.demo.record import record

        call_command("migrate", verbosity=0, interactive=False)
        text = written(record(self.stdout.write))
        PATH.write_text(text, encoding="ascii")
        self.stdout.write(f"{PATH.name} is written: {len(text) // 1024} kB.")
