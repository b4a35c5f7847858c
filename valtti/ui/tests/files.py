"""Where the room's files lie, and what they hold, for tests."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

UI = Path(__file__).resolve().parents[1]
HOUSE = UI.parent
STATIC = UI / "static" / "ui"
CSS, JS = STATIC / "css", STATIC / "js"
VENDOR = UI / "static" / "vendor"


def listed_sheets() -> list[str]:
    """The style sheets of staff pages, in order."""
    return re.findall(r"@import url\((.*?)\);", (CSS / "valtti.css").read_text(encoding="utf-8"))


def listed_scripts() -> list[str]:
    """The small scripts, in order."""
    return re.findall(r'import "\./(.*?)";', (JS / "valtti.js").read_text(encoding="utf-8"))


def weight(text: str | bytes) -> int:
    """How much of it travels, compressed."""
    return len(gzip.compress(text if isinstance(text, bytes) else text.encode(), 9))


def every_template() -> list[Path]:
    """Every template of the house."""
    return sorted(path for room in HOUSE.iterdir() for path in (room / "templates").rglob("*.html"))
