"""From a name to a connection: resolved once, every address checked, and only those addresses gone to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from valtti.core import addresses, caps

type Resolver = Callable[[str, int], list[str]]

WEB_PORTS = (80, 443)


class Refused(Exception):
    """An address this house does not go to. `words` say so to the person who typed it."""

    WORDS = {
        "form": _("Write a web address that begins with https:// or http:// and has no user name in it."),
        "name": _("There is no such host name."),
        "address": _("This address leads into a private network. The operator can open single networks."),
        "port": _("Only the ports 80 and 443 may be used."),
    }

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def words(self) -> Any:
        return self.WORDS[self.code]


class Failed(Exception):
    """Nothing usable came back: timeout, connection, tls, too_big, cut_short, encoding, protocol or redirects."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of everything that belongs to one request."""

    ends: float

    def left(self) -> float:
        """Seconds still to go; Failed when there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Failed("timeout")
        return left


def deadline(seconds: float = caps.FETCH_SECONDS) -> Deadline:
    """So many seconds from now."""
    return Deadline(time.monotonic() + seconds)


def system_resolver(host: str, port: int) -> list[str]:
    """All addresses the system knows for a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_family, sockaddr in found))


def reach(
    host: str,
    port: int,
    *,
    until: Deadline,
    private: bool = False,
    any_port: bool = False,
    resolver: Resolver = system_resolver,
) -> list[str]:
    """The addresses of a name, resolved once; Refused unless every one of them may be gone to.

    `private` is for servers that administrators name: the house's own networks, never loopback or link-local.
    A network the operator has opened is open at every port.
    """
    found = _resolved(host, port, until, resolver)
    opened = addresses.networks(settings.REACH)
    if not all(addresses.may_go(one, opened, private=private) for one in found):
        raise Refused("address")
    if not any_port and port not in WEB_PORTS and not all(addresses.is_opened(one, opened) for one in found):
        raise Refused("port")
    return found


def connect(found: list[str], port: int, until: Deadline) -> socket.socket:
    """A connection to the first of these checked addresses that answers."""
    for address in found:
        try:
            return socket.create_connection((address, port), timeout=until.left())
        except OSError:
            continue
    until.left()
    raise Failed("connection")


def _resolved(host: str, port: int, until: Deadline, resolver: Resolver) -> list[str]:
    """Names are looked up beside us: the system's resolver knows no deadline of ours."""
    found: list[str] = []

    def look() -> None:
        try:
            found.extend(resolver(host, port))
        except (OSError, UnicodeError):
            found.clear()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(until.left())
    if looking.is_alive():
        raise Failed("timeout")
    if not found:
        raise Refused("name")
    return found
