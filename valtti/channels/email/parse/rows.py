"""The lists of parts and attachments."""

from __future__ import annotations

import hashlib

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse.bodies import Layout, is_encrypted
from valtti.channels.email.parse.transfer import UuFile
from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import Attachment, PartRow
from valtti.core.caps import FILES_PER_MESSAGE
from valtti.core.filenames import safe_name, sniff

_BODY = {"container", "text", "html", "alternative"}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def part_rows(parts: list[Part], layout: Layout, notes: Notes) -> list[PartRow]:
    """Every part in preorder."""
    return [_part_row(part, layout, notes) for part in parts]


def _part_row(part: Part, layout: Layout, notes: Notes) -> PartRow:
    data = None if part.is_container else part.data
    if part.problem:
        notes.problem(part.problem, part.path, part.encoding)
    return {
        "index": part.index,
        "path": part.path,
        "media_type": part.media_type,
        "charset": part.params.get("charset"),
        "encoding": part.encoding or None,
        "disposition": part.disposition,
        "name": part.name,
        "content_id": part.content_id,
        "size": None if data is None else len(data),
        "sha256": None if data is None else _sha(data),
        "role": layout.roles[part.index],
        "stored": None,
    }


def attachments(parts: list[Part], layout: Layout, files: list[UuFile], notes: Notes) -> list[Attachment]:
    """Every part that is neither the body, nor an alternative of it, nor a container. Beyond the cap: withheld."""
    found = [_attachment(part, layout) for part in parts if layout.roles[part.index] not in _BODY]
    found += [_uuencoded(number, file) for number, file in enumerate(files, 1)]
    if len(found) > FILES_PER_MESSAGE:
        notes.hit("files_per_message")
        for one in found[FILES_PER_MESSAGE:]:
            one["state"] = "withheld"
    return found


def _attachment(part: Part, layout: Layout) -> Attachment:
    data = part.data
    return {
        "part": part.index,
        "name": part.name,
        "safe_name": safe_name(part.name, part.media_type, str(part.index)),
        "media_type": part.media_type,
        "sniffed_type": sniff(data),
        "size": len(data),
        "sha256": _sha(data),
        "sha256_lf": _sha(data.replace(b"\r\n", b"\n")),
        "content_id": part.content_id,
        "inline": layout.roles[part.index] == "inline",
        "source": "mime",
        "state": "encrypted" if is_encrypted(part) else "ok",
        "stored": None,
    }


def _uuencoded(number: int, file: UuFile) -> Attachment:
    name = file.name.decode("utf-8", "replace")
    return {
        "part": None,
        "name": name,
        "safe_name": safe_name(name, "application/octet-stream", f"u{number}"),
        "media_type": "application/octet-stream",
        "sniffed_type": sniff(file.data),
        "size": len(file.data),
        "sha256": _sha(file.data),
        "sha256_lf": _sha(file.data.replace(b"\r\n", b"\n")),
        "content_id": None,
        "inline": False,
        "source": "uuencode",
        "state": "ok",
        "stored": None,
    }
