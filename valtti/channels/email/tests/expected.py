"""The values that come with the letters of the Stalwart collection, in our words."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from valtti.channels.email.parse.letter import parse_bytes
from valtti.channels.email.schema import Address, Letter
from valtti.channels.email.tests.testcase import OPEN

HOME = OPEN / "stalwart-mail-parser" / "resources" / "eml"

_EIGHT_BIT = "Raw 8-bit bytes: the set gives U+FFFD, we read them by the body's charset."
_UNDECODED = "The set leaves uuencode as it stands; we give the file behind it."
_OUTER = "RFC 2046, 5.1.2: the outer boundary ends the inner part; the set reads on."
_UNENDED = "The set calls a text without closing line a file; we show it as text."
_DOUBLED = "Two Content-Type headers in one part: the set takes the last, we the first."
_FILES = ("file_names", "file_sizes")
_LETTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "legacy/010": (_EIGHT_BIT, ("subject", "recipients")),
    "legacy/016": (_EIGHT_BIT, ("file_names",)),
    "legacy/017": (f"{_EIGHT_BIT} {_UNDECODED}", ("recipients", "file_sizes")),
    "legacy/020": (_EIGHT_BIT, ("subject", "recipients")),
    "legacy/022": (_EIGHT_BIT, ("subject", "recipients")),
    "legacy/023": (_EIGHT_BIT, ("file_names",)),
    "legacy/026": (_EIGHT_BIT, ("file_names",)),
    "legacy/027": (_EIGHT_BIT, ("subject", "recipients")),
    "legacy/033": (_EIGHT_BIT, ("text",)),
    "legacy/048": (_UNDECODED, ("file_sizes",)),
    "legacy/049": (_UNDECODED, ("text",)),
    "legacy/052": (_EIGHT_BIT, ("subject", "recipients", "text")),
    "malformed/001": (_OUTER, (*_FILES, "text")),
    "malformed/002": (_UNENDED, _FILES),
    "malformed/003": (_UNENDED, _FILES),
    "malformed/004": (_UNENDED, _FILES),
    "malformed/006": (_UNENDED, _FILES),
    "malformed/007": (_UNENDED, _FILES),
    "malformed/008": (_OUTER, (*_FILES, "text")),
    "malformed/009": (_OUTER, (*_FILES, "text")),
    "malformed/011": (_OUTER, (*_FILES, "text")),
    "malformed/012": (_OUTER, _FILES),
    "malformed/016": (_OUTER, (*_FILES, "text")),
    "malformed/017": ("A disposition without a word: the set drops the name behind it, we keep it.", ("file_names",)),
    "malformed/019": (
        "A letter cut into pieces by a fuzzer: the set takes the last Date, we the first.",
        ("date", "text"),
    ),
    "malformed/020": (_DOUBLED, ("text",)),
    "malformed/021": (_DOUBLED, ("text",)),
    "rfc/003": ("text/enriched beside text/plain is an alternative to us, a file to the set.", _FILES),
    "thirdparty/002": (
        "Not base64 at all: the set decodes it to signs without sense, we keep what stands there.",
        (*_FILES, "text"),
    ),
    "thirdparty/005": ("A boundary counts at the beginning of a line only; the set finds it in the middle.", ("text",)),
    "thirdparty/015": (_OUTER, _FILES),
}
DIFFERS = {(name, what): reason for name, (reason, several) in _LETTERS.items() for what in several}


def _clean(text: str | None) -> str | None:
    if text is None:
        return None
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", "")).split())


def _people(values: list[Any]) -> list[tuple[str | None, str | None]]:
    found = []
    for value in values:
        address = value.get("Address") or {} if isinstance(value, dict) else {}
        people = [*(address.get("List") or [])]
        people += [one for group in address.get("Group") or [] for one in group["addresses"]]
        found += [(_clean(one["name"]), one["address"].lower() if one["address"] else None) for one in people]
    return found


def _ours(addresses: list[Address]) -> list[tuple[str | None, str | None]]:
    return [(one["name"], one["address"].lower() if one["address"] else None) for one in addresses]


def _name(part: dict[str, Any]) -> str | None:
    for header, key in (("content_disposition", "filename"), ("content_type", "name")):
        for one in part["headers"]:
            if one["name"] == header and isinstance(one["value"], dict):
                for pair in one["value"].get("ContentType", {}).get("attributes") or []:
                    if pair["name"] == key:
                        return _clean(pair["value"])
    return None


def _size(part: dict[str, Any]) -> int | None:
    """Text and letters are kept decoded in the set: their bytes cannot be counted."""
    kind, content = next(iter(part["body"].items())) if isinstance(part["body"], dict) else (part["body"], None)
    return len(content) if kind in {"Binary", "InlineBinary"} and isinstance(content, list) else None


@dataclass(frozen=True)
class Expected:
    """One letter: every method gives what the set says and what we read. None: the set says nothing."""

    name: str
    told: dict[str, Any]
    letter: Letter

    def _values(self, header: str) -> list[Any]:
        return [one["value"] for one in self.told["parts"][0]["headers"] if one["name"] == header]

    def subject(self) -> tuple[object, object]:
        texts = [value["Text"] for value in self._values("subject") if isinstance(value, dict) and "Text" in value]
        return (_clean(texts[0]) if texts else None), self.letter["headers"]["subject"]

    def senders(self) -> tuple[object, object]:
        return _people(self._values("from")[:1]), _ours(self.letter["headers"]["from"])

    def recipients(self) -> tuple[object, object]:
        told = _people(self._values("to")), _people(self._values("cc"))
        return told, (_ours(self.letter["headers"]["to"]), _ours(self.letter["headers"]["cc"]))

    def date(self) -> tuple[object, object]:
        dates = [one["DateTime"] for one in self._values("date") if isinstance(one, dict) and "DateTime" in one]
        if not dates:
            return None, None
        day = "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}".format(**dates[0])
        zone = "{:02}:{:02}".format(dates[0]["tz_hour"], dates[0]["tz_minute"])
        found = self.letter["headers"]["date"]
        return f"{day}{'-' if dates[0]['tz_before_gmt'] else '+'}{zone}", found and found["iso"]

    def _files(self) -> list[dict[str, Any]]:
        return [self.told["parts"][at] for at in self.told["attachments"]]

    def file_names(self) -> tuple[object, object]:
        ours = [one["name"] for one in self.letter["attachments"] if one["source"] == "mime"]
        return [_name(part) for part in self._files()], ours

    def file_sizes(self) -> tuple[object, object]:
        told = [_size(part) for part in self._files()]
        ours = [one["size"] for one in self.letter["attachments"] if one["source"] == "mime"]
        known = [size is not None for size in told]
        if len(ours) != len(told):
            return told, ours
        return [one for one in told if one is not None], [
            one for one, is_known in zip(ours, known, strict=True) if is_known
        ]

    def text(self) -> tuple[object, object]:
        bodies = [self.told["parts"][at]["body"] for at in self.told["text_body"]]
        if not bodies or not all(isinstance(body, dict) and "Text" in body for body in bodies):
            return None, None
        return _clean("\n".join(body["Text"] for body in bodies)), _clean(self.letter["body"]["text"])


def _case(path: Path) -> Expected:
    values = next(one for one in (path.with_suffix(".json"), path.with_suffix(".crlf.json")) if one.exists())
    told = json.loads(values.read_text("utf-8"))
    return Expected(f"{path.parent.name}/{path.stem}", told, parse_bytes(path.read_bytes()))


@cache
def cases() -> list[Expected]:
    """All letters of the set."""
    return [_case(path) for path in sorted(HOME.rglob("*.eml"))]
