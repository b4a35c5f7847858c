"""Work of the demo done in a process of its own: done, failed, or left when nobody waits for it any more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from django.test import SimpleTestCase

WORK = """
import os, sys, time
os.environ.update(VALTTI_DATA=sys.argv[1], DJANGO_SETTINGS_MODULE="valtti.project.settings")
import django; django.setup()
from pathlib import Path
from valtti.project.demo import aside

def done(say): Path(sys.argv[1], "done").write_text("x"); say("")
def fails(say): raise ValueError("no such thread")
def refuses(say): raise SystemExit("Run bin/valtti demo-record.")
def goes_on(say):
    for _ in range(400):
        time.sleep(0.05); say("")

pid = aside.begin({"done": done, "fails": fails, "refuses": refuses, "goes_on": goes_on}[sys.argv[2]])
print(pid, flush=True)
raise SystemExit(0 if aside.end(pid) else 1)
"""


class AsideTests(SimpleTestCase):
    def setUp(self) -> None:
        self.folder = self.enterContext(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))

    def begin(self, work: str) -> subprocess.Popen[str]:
        """A process that has this work done aside."""
        return subprocess.Popen(
            [sys.executable, "-c", WORK, self.folder, work],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def test_work_that_is_done(self) -> None:
        asker = self.begin("done")
        asker.communicate(timeout=60)

        self.assertEqual(asker.returncode, 0)
        self.assertTrue((Path(self.folder) / "done").exists())

    def test_work_that_fails_says_how(self) -> None:
        for work, words in [("fails", "no such thread"), ("refuses", "Run bin/valtti demo-record.")]:
            with self.subTest(work):
                asker = self.begin(work)
                _out, said = asker.communicate(timeout=60)

                self.assertEqual(asker.returncode, 1)
                self.assertIn(words, said)

    def test_work_ends_when_its_asker_is_gone(self) -> None:
        asker = self.begin("goes_on")
        assert asker.stdout is not None and asker.stderr is not None
        worker = int(asker.stdout.readline())

        asker.send_signal(signal.SIGKILL)
        asker.wait()

        self.assertTrue(self.gone_within(worker, 10))
        asker.stdout.close()
        asker.stderr.close()

    def gone_within(self, worker: int, seconds: float) -> bool:
        """The process does nothing any more."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            try:
                os.kill(worker, 0)
            except ProcessLookupError:
                return True
            if "State:\tZ" in Path(f"/proc/{worker}/status").read_text():
                return True
            time.sleep(0.05)
        return False
