"""Reading: an item's bytes through the limited child, with what the house knows about its own addresses."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from valtti.channels.email.child import Parser
from valtti.channels.email.house import our_hosts
from valtti.channels.email.options import Options
from valtti.channels.email.schema import Letter as Read
from valtti.channels.models import Mailbox, RawItem
from valtti.core import files
from valtti.core.nul import without_nul

VERSION = "valtti.mail/1"

_lock = threading.Lock()
_idle: list[Parser] = []


@dataclass(frozen=True, slots=True)
class Reading:
    """What the child found in the bytes."""

    raw: bytes
    read: Read


class Readers:
    """One child for as long as the `with` lasts; a dead one is replaced by the parser itself.

    Starting a child costs more than reading most letters, so one is spared for whoever reads next in this process.
    """

    def __init__(self) -> None:
        self._own: Options | None = None
        self._parser: Parser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._parser is not None:
            _spare(self._parser)
            self._parser = None

    @contextmanager
    def read(self, item: RawItem) -> Iterator[Reading]:
        """Read one item. Its attachments are kept by their hash before the reading is handed out."""
        raw = files.read(item.sha256)
        with tempfile.TemporaryDirectory(prefix="valtti-parts-") as folder:
            read = self._child().parse(raw, options=self._options(item), extract_to=Path(folder))
            for attachment in read["attachments"]:
                if attachment["stored"]:
                    files.keep((Path(folder) / attachment["stored"]).read_bytes())
        yield Reading(raw, without_nul(read))

    def _child(self) -> Parser:
        if self._parser is None:
            self._parser = _spared()
        return self._parser

    def _options(self, item: RawItem) -> Options:
        own = self._own or _own_options()
        self._own = own
        mailbox = item.mailbox
        return replace(
            own,
            read_as="text" if item.envelope.get("bare") else "message",
            language=mailbox.language if mailbox else None,
            trusted_authserv=(mailbox.authserv_id or None) if mailbox else None,
        )


def _spared() -> Parser:
    with _lock:
        return _idle.pop() if _idle else Parser()


def _spare(parser: Parser) -> None:
    with _lock:
        if not _idle:
            _idle.append(parser)
            return
    parser.close()


def _own_options() -> Options:
    hosts = our_hosts()
    addresses = Mailbox.objects.values_list("address", flat=True)
    return Options(host=hosts[0], own_hosts=tuple(hosts), own_addresses=tuple(a.casefold() for a in addresses))
