"""A worker process in short: hears, takes what is its own, ends when asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from django.test import SimpleTestCase

from valtti.core import process, worker

WATCHED = """
import os, sys, time
from valtti.core import process
process.leave_with(os.getppid())
sys.stdout.write("ready\\n"); sys.stdout.flush()
time.sleep(30)
"""
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {WATCHED!r}], stdout=subprocess.PIPE, text=True)
child.stdout.readline()
sys.stdout.write(f"{{child.pid}}\\n"); sys.stdout.flush()
sys.stdin.readline()
"""


class SlotTests(SimpleTestCase):
    def test_long_work_and_a_slow_relay_never_have_every_slot(self) -> None:
        self.assertTrue(any("heavy" not in queues for queues in worker.SLOTS))
        self.assertTrue(any("post" not in queues for queues in worker.SLOTS))
        for queue in ("post", "mail", "default", "heavy"):
            self.assertTrue(any(queue in queues for queues in worker.SLOTS), queue)


class ProcessTests(SimpleTestCase):
    def test_a_name_begins_with_what_the_supervisor_knows(self) -> None:
        name = process.own_name("house-1")

        self.assertTrue(name.startswith(process.prefix_of("house-1", os.getpid())))
        self.assertNotEqual(name, process.own_name("house-1"))
        self.assertLessEqual(len(process.own_name(process.new_place())), 80)

    def test_memory_is_known(self) -> None:
        self.assertGreater(process.memory_mb(), 10)

    def test_a_child_leaves_soon_after_its_parent_was_killed(self) -> None:
        command = [sys.executable, "-c", PARENT]
        parent = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().strip()
        parent.kill()
        parent.communicate()
        began = time.monotonic()

        while child.exists() and " Z " not in (child / "stat").read_text() and time.monotonic() - began < 3:
            time.sleep(0.02)

        self.assertLess(time.monotonic() - began, 0.6)
