"""The packages we stand on: locked with hashes, at least as new as the last repair that concerns us."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

from django.test import SimpleTestCase

from tests.architecture.house import ROOT

# The oldest releases without a known fault that reaches us.
AT_LEAST = {
    "django": (6, 1, 3),
    "django-allauth": (65, 21),
    "nh3": (0, 3, 8),
    "turbohtml": (1, 15),
    "cryptography": (45,),
    "granian": (2, 8, 7),
}
LOCKS = ("run", "dev", "test-pg")


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def _pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", text, re.MULTILINE))


class PackageTests(SimpleTestCase):
    def test_no_package_is_older_than_its_last_repair(self) -> None:
        for name, least in AT_LEAST.items():
            numbers = tuple(int(part) for part in re.findall(r"\d+", version(name)))
            self.assertGreaterEqual(numbers, least, name)

    def test_what_the_project_asks_for_is_locked(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        asked = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in project["dependencies"]}
        self.assertLessEqual(asked, set(_pins(_lock("run"))), "Run bin/lock.")

    def test_every_locked_package_has_hashes(self) -> None:
        for name in LOCKS:
            for entry in re.split(r"\n(?=[a-z0-9])", _lock(name))[1:]:
                self.assertIn("--hash=sha256:", entry, f"{name}.txt: {entry.splitlines()[0]}")

    def test_developers_run_what_the_house_runs(self) -> None:
        run, dev = _pins(_lock("run")), _pins(_lock("dev"))
        self.assertEqual({name: dev.get(name) for name in run}, run)
