"""The decoded parts of a letter: handed out one by one, or written into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from valtti.channels.email.options import Options
from valtti.channels.email.parse import letter as letters
from valtti.channels.email.parse.letter import Reading
from valtti.channels.email.schema import Letter
from valtti.core.filenames import safe_name

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW


def extract_parts(raw: bytes, options: Options | None = None) -> Iterator[tuple[int, bytes]]:
    """The index and the decoded bytes of every part that is no container."""
    for part in letters.read(raw, options).parts:
        if not part.is_container:
            yield part.index, part.data


def store(reading: Reading, folder: Path) -> None:
    """Write every part and file to `folder/<sha256 of the letter>/` and note in the letter where it lies."""
    letter = reading.letter
    home = folder / letter["sha256"]
    withheld = {one["part"] for one in letter["attachments"] if one["state"] == "withheld"}
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in reading.parts:
        if part.is_container or part.index in withheld:
            continue
        name = f"{part.index}-{safe_name(part.name, part.media_type, str(part.index))}"
        _note_part(letter, part.index, _write(letter, home, name, part.data))
    for number, file in enumerate(reading.files, 1):
        attached = [one for one in letter["attachments"] if one["source"] == "uuencode"][number - 1]
        if attached["state"] != "withheld":
            attached["stored"] = _write(letter, home, f"u{number}-{attached['safe_name']}", file.data)


def _note_part(letter: Letter, index: int, stored: str | None) -> None:
    letter["parts"][index]["stored"] = stored
    for one in letter["attachments"]:
        if one["part"] == index:
            one["stored"] = stored


def _write(letter: Letter, home: Path, name: str, data: bytes) -> str | None:
    """The place under the folder; None, and a problem, when it could not be written."""
    try:
        with os.fdopen(os.open(home / name, _FLAGS, 0o600), "wb") as file:
            file.write(data)
    except OSError as error:
        letter["problems"].append({"code": "not_stored", "where": name[:200], "detail": error.strerror or ""})
        return None
    return f"{home.name}/{name}"
