"""Letters in files: single ones, bare bodies, mboxes, Maildirs, and folders walked for all of these."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

type Complain = Callable[[str], object]

_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_FROM_LINE = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_ESCAPED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """One letter and where it lay. `bare`: a body without any header."""

    path: str
    raw: bytes
    bare: bool = False


def letters(paths: list[Path], complain: Complain) -> Iterator[Found]:
    """Every letter of these paths; a file given by name is always taken, others in folders by their ending."""
    for path in paths:
        if not path.is_dir():
            yield from _named_file(path)
        elif _is_maildir(path):
            yield from _maildir(path)
        else:
            yield from _walk(path, complain)


def is_bare(raw: bytes) -> bool:
    """The first line that is not blank is no header, so there are none."""
    first = raw.lstrip(b"\xef\xbb\xbf\r\n\t ").split(b"\n", 1)[0]
    return bool(first) and not first.startswith(b"From ") and not _HEADER.match(first)


def split_mbox(data: bytes) -> Iterator[bytes]:
    """The letters of an mbox: a "From " line at the beginning or after a blank line parts them; `>From` is undone."""
    starts = [found for found in _FROM_LINE.finditer(data) if _may_part(data, found.start())]
    for here, after in zip(starts, [*[one.start() for one in starts[1:]], len(data)], strict=True):
        letter = data[here.end() : after]
        letter = letter.removesuffix(b"\r\n\r\n") + b"\r\n" if letter.endswith(b"\r\n\r\n") else letter
        letter = letter.removesuffix(b"\n\n") + b"\n" if letter.endswith(b"\n\n") else letter
        yield _ESCAPED_FROM.sub(rb"\1", letter)


def _may_part(data: bytes, start: int) -> bool:
    return start == 0 or data[:start].endswith((b"\n\n", b"\r\n\r\n"))


def _named_file(path: Path) -> Iterator[Found]:
    raw = path.read_bytes()
    if path.suffix == ".mbox" or (not path.suffix and raw.startswith(b"From ")):
        yield from _mbox(path, raw)
    else:
        yield Found(str(path), raw, is_bare(raw))


def _mbox(path: Path, raw: bytes) -> Iterator[Found]:
    for number, letter in enumerate(split_mbox(raw), start=1):
        yield Found(f"{path}#{number}", letter)


def _is_maildir(path: Path) -> bool:
    return all((path / part).is_dir() for part in ("cur", "new", "tmp"))


def _maildir(path: Path) -> Iterator[Found]:
    for part in ("new", "cur"):
        for file in sorted((path / part).iterdir()):
            if file.is_file():
                yield Found(str(file), file.read_bytes())


def _walk(top: Path, complain: Complain) -> Iterator[Found]:
    for folder, inside, names in os.walk(top):
        here = Path(folder)
        inside.sort()
        for name in [name for name in inside if _is_maildir(here / name)]:
            inside.remove(name)
            yield from _maildir(here / name)
        for name in sorted(names):
            yield from _in_folder(here / name, complain)


def _in_folder(file: Path, complain: Complain) -> Iterator[Found]:
    if file.suffix == ".eml":
        yield Found(str(file), file.read_bytes())
    elif file.suffix == ".mbox":
        yield from _mbox(file, file.read_bytes())
    else:
        complain(f"left out: {file}")
