"""Reading: an item's bytes through the limited child, with what the house knows about its own addresses."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from valtti.channels.email.house import our_hosts
from valtti.channels.email.options import Options
from valtti.channels.email.schema import Letter as Read
from valtti.channels.models import Mailbox, RawItem
from valtti.core import files

if TYPE_CHECKING:
    from valtti.channels.email.child import Parser

VERSION = "valtti.mail/1"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the child found in the bytes."""

    raw: bytes
    read: Read


class Readers:
    """One child for as long as the `with` lasts; a dead one is replaced by the parser itself."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._own: Options | None = None
        self._parser: Parser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @contextmanager
    def read(self, item: RawItem) -> Iterator[Reading]:
        """Read one item. Its attachments are kept by their hash before the reading is handed out."""
        raw = files.read(item.sha256)
        with tempfile.TemporaryDirectory(prefix="valtti-parts-") as folder:
            read = self._child().parse(raw, self._options(item), extract=Path(folder))
            for attachment in read["attachments"]:
                if attachment["stored"]:
                    files.keep((Path(folder) / attachment["stored"]).read_bytes())
        yield Reading(raw, read)

    def _child(self) -> Parser:
        if self._parser is None:
            from valtti.channels.email.child import Parser  # here, not above: pages that read nothing need no child

            self._parser = self._stack.enter_context(Parser())
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


def _own_options() -> Options:
    hosts = our_hosts()
    addresses = Mailbox.objects.values_list("address", flat=True)
    return Options(host=hosts[0], own_hosts=tuple(hosts), own_addresses=tuple(a.casefold() for a in addresses))
