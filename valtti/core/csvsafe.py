"""The one writer of CSV: no cell can turn into a formula in a spreadsheet (pure)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

BYTE_ORDER_MARK = "\ufeff"
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def lines(rows: Iterable[Iterable[object]], *, delimiter: str = ",") -> Iterator[str]:
    """CSV text row by row, to be streamed; the first piece carries the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo(), delimiter=delimiter, lineterminator="\r\n")  # noqa: TID251 - the one place
    mark = BYTE_ORDER_MARK
    for row in rows:
        yield mark + writer.writerow([guard(cell) for cell in row])
        mark = ""


def guard(cell: object) -> object:
    """Numbers and times as they are; texts that a spreadsheet would run get an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, bool | int | float | Decimal):
        return cell
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    text = str(cell).replace("\x00", "")
    return "'" + text if text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
