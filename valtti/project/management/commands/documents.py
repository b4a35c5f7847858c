"""`valtti documents`: do the written pages of docs/ still say what the code does? `--write` writes them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from valtti.project.documents import PAGES


class Command(BaseCommand):
    help = "Check that the pages of docs/ written from the code are in step with it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="Write the pages that differ.")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        folder = Path(settings.BASE_DIR).parent / "docs"
        stale = {name: text for name, write_page in PAGES.items() if _differs(folder / name, text := write_page())}
        for name, text in stale.items() if write else ():
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/{name} is written anew.")
        if stale and not write:
            raise CommandError(f"Not in step with the code: {', '.join(stale)}. Run bin/valtti documents --write.")


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text(encoding="utf-8") != text
