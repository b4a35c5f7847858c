"""The commands in bin/: they stop at the first fault and say with their exit code what was wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import ROOT

TOOLS = ("bash", "cat", "cut", "dirname", "flock", "rm", "sha256sum", "tail")


class CommandTests(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        for name in ("bin", "requirements"):
            shutil.copytree(ROOT / name, self.folder / name)

    def run_setup(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`bin/_setup` in a folder of its own, on a machine that has the named tools and nothing else."""
        tools = self.folder / "tools"
        tools.mkdir(exist_ok=True)
        for tool in TOOLS:
            (tools / tool).symlink_to(str(shutil.which(tool)))
        command = [str(self.folder / "bin" / "_setup"), *arguments]
        clean = {"PATH": str(tools), "HOME": str(self.folder)} | environment
        return subprocess.run(command, env=clean, capture_output=True, text=True, cwd="/")

    def test_every_command_stops_at_its_first_fault(self) -> None:
        for path in (ROOT / "bin").iterdir():
            text = path.read_text(encoding="utf-8")
            self.assertTrue(os.access(path, os.X_OK), path.name)
            self.assertIn("#!/usr/bin/env bash\n", text, path.name)
            self.assertIn("set -euo pipefail", text, path.name)

    def test_wrong_usage_is_two(self) -> None:
        self.assertEqual(self.run_setup("everything").returncode, 2)

    def test_no_python_is_three_and_says_what_to_do(self) -> None:
        ran = self.run_setup("run")

        self.assertEqual(ran.returncode, 3)
        self.assertIn("VALTTI_PYTHON", ran.stderr)

    def test_packages_that_cannot_be_installed_are_four(self) -> None:
        wheels = self.folder / "wheels"
        wheels.mkdir()

        ran = self.run_setup("run", VALTTI_PYTHON=sys.executable, VALTTI_WHEELS=str(wheels))

        self.assertEqual(ran.returncode, 4, ran.stderr)
        self.assertIn("could not be installed", ran.stderr)
        self.assertFalse((self.folder / ".venv" / "stamp").exists())

    def test_a_python_that_exists_and_fails_is_passed_over(self) -> None:
        broken = self.folder / "broken"
        broken.write_text("#!/bin/sh\nexit 127\n")
        broken.chmod(0o755)

        self.assertEqual(self.run_setup("run", VALTTI_PYTHON=str(broken)).returncode, 3)
