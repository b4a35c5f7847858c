"""A letter from its bytes: every part of the schema put together. Pure: no network, no database, no clock."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace

from valtti.channels.email import automatic, trust
from valtti.channels.email.automatic import Letterhead
from valtti.channels.email.bounces import report as reports
from valtti.channels.email.bounces.report import Seen
from valtti.channels.email.notes import Notes
from valtti.channels.email.options import Options
from valtti.channels.email.parse import bodies, body, head, headers, rows, tree
from valtti.channels.email.parse.language import language_of
from valtti.channels.email.parse.transfer import UuFile
from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import SCHEMA, Headers, Letter, Outcome
from valtti.channels.email.thread import tokens_seen
from valtti.channels.email.trim.reply import trim
from valtti.core.caps import LETTER_BYTES, LETTER_HEADER_BYTES
from valtti.core.subjects import is_forward

EMBEDDED_DEPTH = 3
HEAD_BYTES = 2 * LETTER_HEADER_BYTES


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter with its parts still at hand."""

    letter: Letter
    parts: list[Part]
    files: list[UuFile]


def _root(raw: bytes, options: Options, notes: Notes) -> Part:
    if len(raw) > LETTER_BYTES:
        notes.hit("letter_bytes")
        return _headers_only(raw, options, notes)
    if options.read_as != "message":
        return tree.bare(f"text/{'html' if options.read_as == 'html' else 'plain'}", raw)
    return tree.split(raw, notes)


def _headers_only(raw: bytes, options: Options, notes: Notes) -> Part:
    """A letter whose body is not looked at."""
    root = tree.bare("text/plain", b"")
    if options.read_as == "message":
        root.fields = headers.read(raw[:HEAD_BYTES], 0, min(len(raw), HEAD_BYTES), notes).fields
    return root


def _charset(parts: list[Part]) -> str | None:
    """The charset of the body, for headers that were written raw."""
    return next((found for part in parts if (found := part.params.get("charset"))), None)


def _embedded(parts: list[Part], options: Options, notes: Notes, depth: int) -> list[Letter]:
    """Attached letters, read the same way three levels down, all out of one budget of parts."""
    found: list[Letter] = []
    if depth >= EMBEDDED_DEPTH:
        return found
    for part in parts:
        if part.media_type in bodies.MESSAGES and not part.children and notes.parts_left > 0:
            inner = Notes(parts_left=notes.parts_left)
            found.append(_read(part.data, replace(options, read_as="message"), part.path, inner, depth + 1).letter)
            notes.parts_left = inner.parts_left
            for cap in inner.hits:
                notes.hit(cap)
    return found


def read(raw: bytes, options: Options | None = None, file: str = "") -> Reading:
    """Read a letter, keeping its parts for storing."""
    return _read(raw, options or Options(), file, Notes(), 0)


def parse_bytes(raw: bytes, *, options: Options | None = None, file: str = "") -> Letter:
    """The letter of these bytes as one object of the schema."""
    return read(raw, options, file).letter


def parse_head(raw: bytes, *, cap: str, options: Options | None = None, file: str = "") -> Letter:
    """What the headers say, by the linear scanners alone: for a letter that could not be read whole."""
    options, notes = options or Options(), Notes()
    notes.hit(cap)
    root = _headers_only(raw, options, notes)
    sha256 = hashlib.sha256(raw).hexdigest()
    found = head.read(root.fields, None, f"made-{sha256}@{options.host}", notes)
    letter, _ = _assembled([root], found, options, notes, EMBEDDED_DEPTH)
    letter["file"], letter["size"], letter["sha256"] = file, len(raw), sha256
    return letter


def unreadable(file: str, why: str) -> Letter:
    """The object of a file that could not be read at all."""
    notes = Notes()
    notes.problem("file_unreadable", "file", why)
    root = tree.bare("text/plain", b"")
    letter, _ = _assembled([root], head.read([], None, "", Notes()), Options(), notes, EMBEDDED_DEPTH)
    letter["file"], letter["outcome"] = file, "unreadable"
    return letter


def _read(raw: bytes, options: Options, file: str, notes: Notes, depth: int) -> Reading:
    began = time.process_time()
    sha256 = hashlib.sha256(raw).hexdigest()
    root = _root(raw, options, notes)
    parts = root.walk()
    found_headers = head.read(root.fields, _charset(parts), f"made-{sha256}@{options.host}", notes)
    letter, files = _assembled(parts, found_headers, options, notes, depth)
    letter["file"], letter["size"], letter["sha256"] = file, len(raw), sha256
    letter["limits"]["cpu_ms"] = round((time.process_time() - began) * 1000)
    return Reading(letter, parts, files)


def _assembled(
    parts: list[Part], found: Headers, options: Options, notes: Notes, depth: int
) -> tuple[Letter, list[UuFile]]:
    layout = bodies.choose(parts[0])
    shown, words = body.read(layout, options, notes)
    reply = trim(
        words.text,
        quoted=words.quoted,
        after=words.after,
        known_lines=options.known_lines,
        forwarded=is_forward(found["subject"]),
    )
    shown["language"] = language_of(reply["visible"])
    author = head.author_of(found)
    report = reports.read(Seen(parts, found, author, words.text, notes))
    letterhead = Letterhead(found, author, words.text, report, options)
    kind, reasons = automatic.classify(letterhead)
    part_rows = rows.part_rows(parts, layout, notes)
    attached = rows.attachments(parts, layout, words.files, notes)
    embedded = _embedded(parts, options, notes, depth)
    outcome: Outcome = "limited" if notes.hits else "parsed"
    letter: Letter = {
        "schema": SCHEMA,
        "file": "",
        "size": 0,
        "sha256": "",
        "outcome": outcome,
        "problems": notes.problems,
        "headers": found,
        "author": author,
        "answer_to": head.answer_to(found, author, options),
        "body": shown,
        "reply": reply,
        "parts": part_rows,
        "attachments": attached,
        "embedded": embedded,
        "kind": kind,
        "automatic": automatic.is_automatic(kind),
        "reasons": reasons,
        "may_answer_automatically": automatic.may_answer(kind, letterhead),
        "report": report,
        "trust": trust.read(parts[0].fields, author, options.trusted_authserv),
        "tokens": tokens_seen(found),
        "limits": {"hit": notes.hits, "parts": len(parts), "depth": max(part.depth for part in parts), "cpu_ms": 0},
    }
    return letter, words.files
