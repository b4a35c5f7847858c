"""The file of the recorded past: JSON by columns, pressed and written as lines of plain signs."""

from __future__ import annotations

import base64
import json
import textwrap
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "past.b85"
LINE = 120


class DoesNotFit(Exception):
    """The recording was made for other tables; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Recording:
    """`tables` has a list of values for each column of each table; `letters` is what customers wrote, by raw item."""

    seed: int
    zone: str
    tables: dict[str, dict[str, list[Any]]]
    letters: dict[str, list[Any]]

    def refuse_other(self, shape: dict[str, list[str]]) -> None:
        """Raise DoesNotFit unless the tables are the present ones."""
        own = {table: list(columns) for table, columns in self.tables.items()}
        if own != shape:
            names = own.keys() | shape.keys()
            changed = sorted(_difference(name, own.get(name), shape.get(name)) for name in names)
            raise DoesNotFit(
                f"The recorded past of the demo does not fit the tables: {'; '.join(filter(None, changed))}. "
                "Run bin/valtti demo-record."
            )

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """The rows of one table, values in the order of its columns."""
        return list(zip(*self.tables[table].values(), strict=True))


def written(recording: Recording) -> str:
    """As text; the same recording is the same text."""
    plain = json.dumps(asdict(recording), ensure_ascii=False, separators=(",", ":"))
    signs = base64.b85encode(zlib.compress(plain.encode(), level=9)).decode("ascii")
    return "\n".join(textwrap.wrap(signs, LINE, break_on_hyphens=False)) + "\n"


def read(text: str) -> Recording:
    """What `written()` wrote."""
    plain = zlib.decompress(base64.b85decode("".join(text.split())))
    return Recording(**json.loads(plain))


def _difference(table: str, own: list[str] | None, wanted: list[str] | None) -> str:
    if own == wanted:
        return ""
    gone, new = sorted({*(own or [])} - {*(wanted or [])}), sorted({*(wanted or [])} - {*(own or [])})
    return " ".join([table, *(f"-{name}" for name in gone), *(f"+{name}" for name in new)])
