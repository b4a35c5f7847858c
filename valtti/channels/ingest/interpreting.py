"""Interpret: bytes are read in the limited child, outside any transaction; then each item gets its fate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from valtti.channels.ingest.filing import Outcome, fate_of, settle
from valtti.channels.ingest.reading import Readers
from valtti.channels.models import RawItem


def interpret(raw_item: RawItem) -> Outcome:
    """Read one item and give it its fate; one that has one keeps it."""
    return next(iter(interpret_many([raw_item])))


def interpret_many(items: Iterable[RawItem]) -> Iterator[Outcome]:
    """The same for many, with one child for all of them; a poisoned one delays no other."""
    with Readers() as readers:
        for item in items:
            if (fate := fate_of(item)) is not None:
                yield fate
                continue
            with readers.read(item) as reading:
                yield settle(item, reading)
