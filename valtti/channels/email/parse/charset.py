"""From bytes to text, whatever the letter says about its charset. An unknown name never raises."""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from valtti.channels.email.schema import CharsetBy

_DATA = tomllib.loads((Path(__file__).with_name("charsets.toml")).read_text("utf-8"))
_CODECS: dict[str, str] = _DATA["codecs"]
_NEVER = frozenset(_DATA["never"]["codecs"])
_LANGUAGES: dict[str, dict[str, str]] = _DATA["language"]
_NUMBERED = re.compile(r"(?:x-)?(win|windows|cp|ms|ibm|dos)-?(\d{3,4})")
_ISO = re.compile(r"(?:x-)?iso-?8859-?(\d{1,2})(?:-windows.*)?|8859-(\d{1,2})")
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_.:-]{1,40})", re.I)
_C1 = re.compile(rb"[\x80-\x9f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UKRAINIAN = re.compile(rb"[\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MOST_LOST = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read in, how that was known, and the code of a problem."""

    text: str
    charset: str
    by: CharsetBy
    problem: str | None = None


def _c1(error: UnicodeError) -> tuple[str, int]:
    """The five bytes Windows left empty are read as the controls they are elsewhere."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("valtti-c1", _c1)


@cache
def _python_name(name: str) -> str | None:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    usable = getattr(info, "_is_text_encoding", True) and info.name.replace("_", "-") not in _NEVER
    return name if usable else None


def codec_of(declared: str) -> str | None:
    """The charset that a declared name stands for; None when it says nothing we know."""
    name = declared.strip(" \t\"'<>;,").lower().replace("_", "-").removeprefix("charset=")
    if name in _CODECS:
        return _CODECS[name] or None
    if numbered := _NUMBERED.fullmatch(name):
        number = numbered[2]
        name = f"windows-{number}" if number.startswith("125") else f"cp{number}"
    elif iso := _ISO.fullmatch(name):
        name = f"iso-8859-{iso[1] or iso[2]}"
        if name == "iso-8859-1":
            return name
    return _python_name(name) if name.isascii() and name.replace("-", "").isalnum() else None


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec, "valtti-c1" if codec.startswith("windows-") else "strict")
    except (UnicodeError, LookupError, ValueError):
        return None


def _mostly(data: bytes, codec: str) -> str | None:
    """A text with few wrong places is still in its charset: a sign was cut, a byte lost."""
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return None
    foreign = sum(not sign.isascii() for sign in text) if len(text) < 1_000_000 else len(text)
    lost = text.count("\ufffd")
    return text if lost <= 1 or lost <= foreign * _MOST_LOST else None


def _declared(data: bytes, name: str, by: CharsetBy, language: str | None) -> Decoded | None:
    codec = codec_of(name)
    if codec == "us-ascii" and _HIGH.search(data):
        if _strict(data, "utf-8") is not None or language == "ru" or not _C1.search(data):
            return None
        codec = "windows-1252"
    if codec == "iso-8859-1" and _C1.search(data):
        codec = "windows-1252"
    if codec is None:
        return None
    text = _strict(data, codec)
    if text is not None:
        return Decoded(text, codec, by)
    text = _mostly(data, codec)
    return Decoded(text, codec, by, "charset_damaged") if text is not None else None


def _detected(data: bytes, language: str | None) -> Decoded | None:
    from turbohtml.detect import Detection, detect

    prior = _LANGUAGES.get(language or "", {})
    hints = Detection(language="Russian" if language == "ru" else None, tld=prior.get("tld"))
    match = detect(data[:65536], hints)
    name = (match.encoding or "").lower()
    if name == "koi8-u" and not _UKRAINIAN.search(data):
        name = "koi8-r"
    if name == "windows-1252" and prior.get("codec"):
        name = prior["codec"]
    elif not name or match.confidence == 0:
        return None
    codec = codec_of(name)
    text = data.decode(codec, "valtti-c1" if codec.startswith("windows-") else "replace") if codec else None
    return Decoded(text, codec, "detected") if codec and text is not None else None


def _meta_name(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _by_bom(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, "replace"), codec, "bom")
    return None


def decode(data: bytes, declared: str | None, *, language: str | None, html: bool = False) -> Decoded:
    """The text of these bytes. Order: mark, declared name, `<meta>`, UTF-8, detector with the language, Latin-1."""
    if marked := _by_bom(data):
        return marked
    problem = None
    if declared:
        if named := _declared(data, declared, "declared", language):
            return named
        problem = "charset_wrong" if codec_of(declared) else "charset_unknown"
    if html and (meta := _meta_name(data)) and (named := _declared(data, meta, "meta", language)):
        return Decoded(named.text, named.charset, named.by, problem)
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", "utf8", problem)
    if found := _detected(data, language):
        return Decoded(found.text, found.charset, found.by, problem)
    return Decoded(data.decode("latin-1"), "iso-8859-1", "fallback", problem or "charset_guessed")
