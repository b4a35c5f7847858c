"""Files that an agent sends with an answer: their bytes are stored before the row that names them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from valtti.core import files
from valtti.core.filenames import safe_name, sniff
from valtti.desk.letter import LetterFile

_MEDIA_TYPE = re.compile(r"[a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,100}", re.I | re.A)
PLAIN = ("sha256", "name", "safe_name", "media_type", "sniffed_type", "size")
"""What a draft keeps of a file."""


def kept(uploads: Sequence[UploadedFile[Any]]) -> tuple[LetterFile, ...]:
    """Store each file and describe it."""
    return tuple(_kept(upload) for upload in uploads)


def from_draft(plain: Mapping[str, Any]) -> LetterFile:
    """A file that waited in a draft."""
    known = {field.name for field in fields(LetterFile)}
    return LetterFile(**{"sniffed_type": ""} | {name: value for name, value in plain.items() if name in known})


def as_plain(file: LetterFile) -> dict[str, Any]:
    """As a draft keeps it."""
    return {name: getattr(file, name) for name in PLAIN}


def media_type(told: str | None) -> str:
    """What the browser says it is, where that is a media type at all."""
    return told if told and _MEDIA_TYPE.fullmatch(told) else "application/octet-stream"


def _kept(upload: UploadedFile[Any]) -> LetterFile:
    data = upload.read()
    name = upload.name or ""
    sniffed = sniff(data)
    return LetterFile(
        sha256=files.keep(data),
        name=name,
        safe_name=safe_name(name, sniffed, "1"),
        media_type=media_type(upload.content_type),
        sniffed_type=sniffed,
        size=len(data),
    )
