"""Tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

FOOT = "Written by `bin/valtti documents --write`; change the code, not this page."


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table. A bar inside a cell stays a bar."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
