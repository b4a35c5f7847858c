"""Interpret: bytes are read in the limited child, outside any transaction; then each item gets its fate."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing

from valtti.channels.ingest.filing import Outcome, fate_of, settle
from valtti.channels.ingest.reading import Readers
from valtti.channels.models import RawItem


def interpret(raw_item: RawItem) -> Outcome:
    """Read one item and give it its fate; one that has one keeps it."""
    with closing(interpret_many([raw_item])) as outcomes:
        return next(outcomes)


def interpret_many(items: Iterable[RawItem]) -> Generator[Outcome]:
    """The same for many, with one child for all of them; a poisoned one delays no other."""
    with Readers() as readers:
        for item in items:
            if (fate := fate_of(item)) is not None:
                yield fate
                continue
            with readers.read(item) as reading:
                yield settle(item, reading)
