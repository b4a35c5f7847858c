"""Files that an agent sends with an answer: their bytes are stored before the row that names them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from valtti.core import files
from valtti.core.filenames import safe_name, sniff
from valtti.desk.letter import LetterFile


def kept(uploads: Sequence[UploadedFile]) -> tuple[LetterFile, ...]:
    """Store each file and describe it."""
    return tuple(_kept(upload) for upload in uploads)


def _kept(upload: UploadedFile) -> LetterFile:
    data = upload.read()
    name = upload.name or ""
    sniffed = sniff(data)
    return LetterFile(
        sha256=files.keep(data),
        name=name,
        safe_name=safe_name(name, sniffed, "1"),
        media_type=upload.content_type or "application/octet-stream",
        sniffed_type=sniffed,
        size=len(data),
    )
