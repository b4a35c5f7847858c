"""`valtti messages`: are all words of the interface translated? `--update` brings the catalogues in step first."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from valtti.project.messages import catalogue, sources


class Command(BaseCommand):
    help = "Check that every word of the interface is translated. Exit code 1 when one is not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="First write new words into the catalogues.")

    def handle(self, *args: Any, update: bool, **options: Any) -> None:
        words = sources.words_of(Path(settings.BASE_DIR))
        found = [fault for language in catalogue.PLURALS for fault in self._language(language, words, update)]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in the catalogues.")
        self.stdout.write(f"{len(words)} texts, translated into {' and '.join(catalogue.PLURALS)}.")

    def _language(self, language: str, words: dict[sources.Words, list[str]], update: bool) -> list[str]:
        path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        current = catalogue.read(path)
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            current = catalogue.in_step(current, words, language)
            current.save(str(path))
        return list(catalogue.faults(current, words, language))
