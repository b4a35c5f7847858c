"""The child that reads letters: no network, no database, no keys, little memory, little time.

Started as `python -I child_main.py ROOT` by `child.py`. For every letter: one JSON line, then its bytes; the answer is
one JSON line.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import IO, Any

MB = 1024 * 1024
FILE_BYTES = 200 * MB
OPEN_FILES = 64


def confine(memory: int) -> None:
    """Limits that hold for the whole life of the child."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def allow_seconds(seconds: int) -> None:
    """So much computing from now on; beyond it the system ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 1 + seconds, hard))


def read_one(request: dict[str, Any], raw: bytes) -> dict[str, Any]:
    """The letter as an object, or the name of the error that stopped us."""
    from valtti.channels.email import extract
    from valtti.channels.email.options import Options
    from valtti.channels.email.parse import letter as letters

    reading = letters.read(raw, Options.from_json(request["options"]), request["file"])
    if request["extract"]:
        extract.store(reading, Path(request["extract"]))
    return {"letter": reading.letter}


def answer(request: dict[str, Any], raw: bytes, most: int) -> bytes:
    """One line. What is too much for it is left out, first the HTML, then the whole answer."""
    try:
        found = read_one(request, raw)
        line = _line(found)
        if len(line) > most:
            letter = found["letter"]
            letter["body"]["html"] = letter["body"]["html_safe"] = None
            letter["limits"]["hit"].append("letter_answer_bytes")
            letter["outcome"] = "limited"
            line = _line(found)
        return line if len(line) <= most else _line({"failed": "letter_answer_bytes"})
    except MemoryError:
        return _line({"failed": "letter_memory_bytes"})
    except Exception as error:  # whatever it was, the parent says so and goes on
        return _line({"failed": "reader_failed", "detail": type(error).__name__})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer until the parent closes the pipe."""
    while line := source.readline():
        request = json.loads(line)
        raw = source.read(request["size"])
        if len(raw) < request["size"]:
            return
        allow_seconds(request["seconds"])
        sink.write(answer(request, raw, request["most"]))
        sink.flush()


def main() -> None:
    """Take the pipe for ourselves, so that nothing a library prints can stand in it."""
    sys.path.insert(0, sys.argv[1])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(int(sys.argv[2]))
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
