"""The parent of the limited child: letters in, objects out, whatever a stranger sent. Knows no database."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from valtti.channels.email.options import Options
from valtti.channels.email.parse import letter as letters
from valtti.channels.email.schema import Letter
from valtti.core.caps import (
    LETTER_ANSWER_BYTES,
    LETTER_BYTES,
    LETTER_CPU_SECONDS,
    LETTER_MEMORY_BYTES,
    LETTER_WALL_SECONDS,
)

BATCH = 100
_MAIN = Path(__file__).with_name("child_main.py")
_ROOT = Path(__file__).resolve().parents[3]
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one letter may use."""

    cpu_seconds: int = LETTER_CPU_SECONDS
    wall_seconds: float = LETTER_WALL_SECONDS
    memory_bytes: int = LETTER_MEMORY_BYTES
    answer_bytes: int = LETTER_ANSWER_BYTES


class ChildDied(Exception):
    """The child ended before it answered; says by which limit."""

    def __init__(self, cap: str) -> None:
        super().__init__(cap)
        self.cap = cap


class Child:
    """One process and its two pipes."""

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = allowed
        self.letters = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(_MAIN), str(_ROOT), str(allowed.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={},
            start_new_session=True,
            bufsize=0,
        )
        assert self.process.stdin and self.process.stdout
        self.to, self.back = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self.to, False)
        os.set_blocking(self.back, False)
        # Also when nobody says so: a reading broken off in the middle, or the end of the program.
        self.end = weakref.finalize(self, _end, self.process)

    def ask(self, request: dict[str, Any], raw: bytes) -> dict[str, Any]:
        """The child's answer. Raises ChildDied when there is none within the wall time."""
        self.letters += 1
        line = self._exchange(json.dumps(request).encode() + b"\n" + raw)
        return json.loads(line)

    def _exchange(self, question: bytes) -> bytes:
        deadline = time.monotonic() + self.allowed.wall_seconds
        answer = bytearray()
        left = memoryview(question)
        with selectors.DefaultSelector() as selector:
            selector.register(self.back, selectors.EVENT_READ)
            selector.register(self.to, selectors.EVENT_WRITE)
            while not answer.endswith(b"\n"):
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise ChildDied("letter_wall_seconds")
                for key, _ in selector.select(remaining):
                    if key.fd == self.to:
                        left = self._write(left)
                        if not left:
                            selector.unregister(self.to)
                    else:
                        answer += self._read()
                if len(answer) > self.allowed.answer_bytes + 1:
                    raise ChildDied("letter_answer_bytes")
        return bytes(answer)

    def _write(self, left: memoryview) -> memoryview:
        try:
            return left[os.write(self.to, left[:_CHUNK]) :]
        except BlockingIOError:
            return left
        except BrokenPipeError:
            raise ChildDied(self._cause()) from None

    def _read(self) -> bytes:
        try:
            chunk = os.read(self.back, _CHUNK)
        except BlockingIOError:
            return b""
        if not chunk:
            raise ChildDied(self._cause())
        return chunk

    def _cause(self) -> str:
        """Which limit ended it."""
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "reader_died"
        memory = {-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS}
        return {-signal.SIGXCPU: "letter_cpu_seconds"}.get(
            code, "letter_memory_bytes" if code in memory else "reader_died"
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the whole group and wait for it; once."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
    process.wait()


class Parser:
    """Reads letters in a limited child: a fresh one after every hundred letters and after every death.

    A letter that ends its child is tried once more, alone; then its object says `limited`, by its headers alone.
    """

    def __init__(self, *, options: Options | None = None, allowed: Allowed | None = None) -> None:
        self.options = options or Options()
        self.allowed = allowed or Allowed()
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, if one is running."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def parse(
        self, raw: bytes, *, file: str = "", options: Options | None = None, extract_to: Path | None = None
    ) -> Letter:
        """The letter of these bytes. Never raises for what stands in them."""
        options = options or self.options
        if len(raw) > LETTER_BYTES:
            return letters.parse_head(raw, cap="letter_bytes", options=options, file=file)
        request = self._request(raw, file, options, extract_to)
        cap = ""
        for _ in range(2):
            try:
                return self._answered(self._ready().ask(request, raw), raw, options, file)
            except ChildDied as died:
                cap = died.cap
                self.close()
        return letters.parse_head(raw, cap=cap, options=options, file=file)

    def _request(self, raw: bytes, file: str, options: Options, extract_to: Path | None) -> dict[str, Any]:
        return {
            "size": len(raw),
            "file": file,
            "options": options.as_json(),
            "extract": str(extract_to.resolve()) if extract_to else None,
            "seconds": self.allowed.cpu_seconds,
            "most": self.allowed.answer_bytes,
        }

    def _answered(self, answer: dict[str, Any], raw: bytes, options: Options, file: str) -> Letter:
        if "letter" in answer:
            return answer["letter"]
        if answer["failed"] == "letter_memory_bytes":
            raise ChildDied(answer["failed"])
        found = letters.parse_head(raw, cap=answer["failed"], options=options, file=file)
        found["problems"].append({"code": answer["failed"], "where": "reader", "detail": answer.get("detail", "")})
        return found

    def _ready(self) -> Child:
        if self._child is not None and self._child.letters >= BATCH:
            self.close()
        if self._child is None:
            self._child = Child(self.allowed)
        return self._child
