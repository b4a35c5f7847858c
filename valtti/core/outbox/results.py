"""What a carrier answers about one try, and the list of carriers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from valtti.core.models import OutgoingPost


@dataclass(frozen=True, slots=True)
class RefusedFor:
    """One recipient the other side did not take a letter for, while it took it for others. `lasting`: never will."""

    address: str
    bounce_class: str
    why: str
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Accepted:
    """The other side took responsibility, for all recipients but those `refused`."""

    relay_id: str = ""
    refused: tuple[RefusedFor, ...] = ()


@dataclass(frozen=True, slots=True)
class Delayed:
    """Not now. `pause_source`: nothing of this source can leave (wrong password, no TLS), and no try is burnt."""

    why: str
    retry_at: datetime | None = None
    pause_source: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Never."""

    bounce_class: str
    why: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The connection broke after the last byte: it may have left."""

    why: str


type Result = Accepted | Delayed | Refused | Uncertain
type Carrier = Callable[[OutgoingPost], Result]

_carriers: dict[str, Carrier] = {}


def carrier(channel: str) -> Callable[[Carrier], Carrier]:
    """Register who carries a channel's post. It never raises for the other side's faults."""

    def register(send: Carrier) -> Carrier:
        _carriers[channel] = send
        return send

    return register


def carrier_of(channel: str) -> Carrier | None:
    """Who carries it, if this version of the house knows."""
    return _carriers.get(channel)
