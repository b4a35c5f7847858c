"""`valtti demo` as a newcomer runs it: from an empty folder to a login, and away again with Ctrl-C."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from django.conf import settings
from django.test import SimpleTestCase

LOADING_SECONDS, STARTING_SECONDS, STOPPING_SECONDS = 240, 40, 5
"""With room for a machine on which much else is going on; how long it takes is said in each line."""


class Demo:
    """One run of the command."""

    def __init__(self, home: Path, *words: str) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("VALTTI_")}
        program = "import sys; from valtti.project.cli import main; raise SystemExit(main(sys.argv[1:]))"
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-c", program, "demo", "--port", "0", *words],
            env=clean | {"VALTTI_DATA": str(home)},
            cwd=settings.BASE_DIR.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def read_until(self, pattern: str, seconds: float) -> str:
        """The first line like that; fails when it does not come in time."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            found = [line for line in list(self.lines) if re.fullmatch(pattern, line)]
            if found:
                return found[0]
            if not self._listener.is_alive():
                break
            time.sleep(0.05)
        raise AssertionError(f"{pattern} did not come in {seconds} s:\n" + "\n".join(self.lines))

    def stop(self) -> tuple[int, float]:
        """Ctrl-C: the exit code and how long it took."""
        began = time.monotonic()
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(STOPPING_SECONDS * 4), time.monotonic() - began

    def kill(self) -> None:
        """Gone at once, with all its processes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._listener.join(10)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self.lines.append(line.rstrip())


class DemoCommandTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.home = Path(tempfile.mkdtemp()) / "demo"
        self.addCleanup(shutil.rmtree, self.home.parent, ignore_errors=True)

    def start(self, *words: str) -> Demo:
        """A run that is gone when the test is over."""
        demo = Demo(self.home, *words)
        self.addCleanup(demo.kill)
        return demo

    def log_in(self, address: str, login: str, password: str) -> str:
        """The first page behind the door."""
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar))
        door = browser.open(f"{address}/", timeout=20)
        door.read()
        token = next(cookie.value for cookie in jar if cookie.name == "csrf") or ""
        form = {"csrfmiddlewaretoken": token, "login": login, "password": password}
        browser.addheaders.append(("Referer", door.url))
        with browser.open(door.url, urlencode(form).encode(), timeout=20) as page:
            return str(page.read().decode())

    def test_from_nothing_to_a_login_and_away_again(self) -> None:
        demo = self.start()
        address = demo.read_until(r"http://127\.0\.0\.1:\d+", LOADING_SECONDS)
        demo.read_until(r".*Ctrl-C stops the demo\.", 10)
        shown = [line.split() for line in demo.lines if "@kaiku.example" in line]
        lines = (self.home / "logins.txt").read_text(encoding="utf-8").splitlines()
        _role, login, password, name = next(line.split("\t") for line in lines if line.startswith("agent"))

        page = self.log_in(address, login, password)

        self.assertIn(name.split()[0], page)
        roles = {"administrator", "auditor", "lead", "coach", "analyst", "agent"}
        self.assertEqual({words[0] for words in shown}, roles)
        self.assertTrue(any(re.fullmatch(r"Loading the demo company … \d+\.\d s", line) for line in demo.lines))
        self.stops(demo)
        self.begins_where_it_ended(address)

    def stops(self, demo: Demo) -> None:
        """Ctrl-C ends everything in five seconds."""
        code, seconds = demo.stop()
        self.assertEqual(code, 0)
        self.assertLess(seconds, STOPPING_SECONDS)

    def begins_where_it_ended(self, _address: str) -> None:
        """The second time nothing is loaded."""
        kept = (self.home / "logins.txt").read_bytes()
        again = self.start()
        again.read_until(r"http://127\.0\.0\.1:\d+", STARTING_SECONDS)
        self.assertIn("The data of the last time is kept; --fresh begins anew.", again.lines)
        self.assertEqual((self.home / "logins.txt").read_bytes(), kept)
        self.stops(again)

    def test_killed_while_loading_it_begins_anew(self) -> None:
        demo = self.start()
        demo.read_until(r"Making the static files ready … .*", LOADING_SECONDS)
        demo.kill()
        self.assertTrue((self.home / "valtti.sqlite3").exists())

        again = self.start()
        again.read_until(r"Making the database … .*", STARTING_SECONDS)

        self.assertFalse((self.home / "logins.txt").exists())

    def test_a_word_it_does_not_know_is_wrong_usage(self) -> None:
        demo = self.start("--everything")

        self.assertEqual(demo.process.wait(STARTING_SECONDS), 2)
        self.assertFalse(self.home.exists())
