"""Files by content: named by their SHA-256 under the files folder, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def keep(data: bytes) -> str:
    """Store the bytes durably and return their SHA-256 in hex; the same bytes twice are one file.

    Call it before the row that names the file commits, so that no row names a missing file.
    """
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_whole(path, data)
    return digest


def read(digest: str) -> bytes:
    """The bytes of one file. Raises FileNotFoundError when they are gone."""
    return path_of(digest).read_bytes()


def path_of(digest: str) -> Path:
    """Where the bytes of this hash lie. Raises ValueError on anything that is not a SHA-256."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return Path(settings.FILES) / digest[:2] / digest[2:4] / digest


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
