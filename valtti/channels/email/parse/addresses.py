"""Addresses as people write them: groups, comments, lost brackets. One pass, whatever stands there."""

from __future__ import annotations

import re

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import encoded
from valtti.channels.email.parse.address_entries import Entry, split
from valtti.channels.email.parse.domains import to_ascii, to_unicode
from valtti.channels.email.parse.text import one_line
from valtti.channels.email.schema import Address
from valtti.core.caps import LETTER_ADDRESSES

_LOCAL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}|\"[^\"\r\n]{0,62}\"")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){0,20}[^\W_](?:[\w-]{0,61}[^\W_])?\.?|\[[0-9a-zA-Z:.]{2,60}\]")
_LOOKS = re.compile(r"[^\s@<>()\"',;]{1,64}@[^\s@<>()\"',;]{1,100}\.[^\s@<>()\"',;.]{2,30}")


def _unquote(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word[1:-1])


def _name_of(entry: Entry) -> str | None:
    words = " ".join(_unquote(word) if len(word) > 1 and word[0] == word[-1] == '"' else word for word in entry.words)
    written = words or " ".join(comment[1:-1] for comment in entry.comments)
    return one_line(encoded.decode(written)).strip("'\" ") or None


def _plain(entry: Entry) -> str:
    """Without brackets: the word that holds an @ is the address, the others are the name."""
    for place, word in enumerate(entry.words):
        if "@" in word.rpartition('"')[2]:
            del entry.words[place]
            return word
    if len(entry.words) == 1 and "@" in entry.words[0]:
        return entry.words.pop().strip('"')
    return ""


def _spec(entry: Entry) -> str:
    """The last bracket with an @ in it; an empty one before a good one is nothing."""
    inside = [angle.strip("<> \t") for angle in entry.angles]
    good = [text for text in inside if "@" in text]
    spec = good[-1] if good else next((text for text in inside if text), "")
    if not spec:
        spec = _plain(entry)
    if spec.startswith("@") and ":" in spec:
        spec = spec.rpartition(":")[2]
    return encoded.decode(spec.removeprefix("mailto:")).strip("<> \t'") if spec else ""


def _checked(spec: str) -> tuple[str | None, str | None, bool]:
    """Address for people, address for matching, and whether it can be one."""
    local, at, domain = spec.rpartition("@")
    if not at:
        return (spec or None), None, False
    local, domain = "".join(local.split()) if '"' not in local else local.strip(), domain.strip().rstrip(".")
    shown, plain = to_unicode(domain), to_ascii(domain)
    valid = bool(len(domain) <= 255 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and plain)
    return f"{local}@{shown}", (f"{local}@{plain}" if plain else None), valid


def _deceives(name: str | None, address: str | None) -> bool:
    """A display name that shows another address than the real one."""
    shown = _LOOKS.findall(name or "")
    return any(one.casefold() != (address or "").casefold() for one in shown)


def _finished(entry: Entry, text: str) -> Address:
    raw = text[entry.start : entry.end].strip()
    spec = _spec(entry)
    address, plain, valid = _checked(one_line(spec))
    name = _name_of(entry)
    if address is not None and "@" not in address and not entry.angles:
        name, address = name or address, None
    return {
        "name": name,
        "address": address,
        "ascii": plain,
        "group": entry.group,
        "raw": raw,
        "valid": valid,
        "deceptive": _deceives(name, address),
    }


def parse(text: str, notes: Notes | None = None) -> list[Address]:
    """Every address of a header, in order; at most a thousand."""
    found: list[Address] = []
    for entry in split(text):
        if len(found) >= LETTER_ADDRESSES:
            if notes:
                notes.hit("letter_addresses")
            break
        found.append(_finished(entry, text))
    return found


def null() -> Address:
    """The empty return path `<>`."""
    return {
        "name": None,
        "address": None,
        "ascii": None,
        "group": None,
        "raw": "<>",
        "valid": False,
        "deceptive": False,
    }
