"""THE list of channels: what each can do. A channel that is not here does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from valtti.core import caps


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the other side allows; said once, for every place that will ask."""

    max_length: int
    markup: str
    files: int
    file_bytes: int
    threads: bool
    edits: bool
    deletes: bool
    receipts: tuple[str, ...]
    typing: bool
    reply_window: int | None
    may_start: str
    live: bool
    identity: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One way in and out; `package` is its folder beside this file."""

    name: str
    package: str
    capabilities: Capabilities


EMAIL = Channel(
    name="email",
    package="valtti.channels.email",
    capabilities=Capabilities(
        max_length=caps.MESSAGE_LENGTH,
        markup="none",
        files=caps.FILES_PER_MESSAGE,
        file_bytes=caps.FILE_BYTES,
        threads=True,
        edits=False,
        deletes=False,
        receipts=("sent",),
        typing=False,
        reply_window=None,
        may_start="free",
        live=False,
        identity="claimed",
    ),
)
CHANNELS = {EMAIL.name: EMAIL}
