"""Keys made on first start, one file each, readable by their owner only."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path


def key_list(given: list[str], path: Path) -> list[str]:
    """The keys named in the environment, else those in `path`, made there (0600) if missing."""
    if given:
        return given
    if not path.exists():
        _make(path)
    return [line for line in path.read_text(encoding="utf-8").split() if line]


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key + "\n")
