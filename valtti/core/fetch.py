"""The only way out to addresses that people typed: resolved once, checked, then gone to and nowhere else."""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from valtti.core import caps
from valtti.core.reach import Deadline, Failed, Refused, Resolver, connect, deadline, reach, system_resolver

__all__ = ["Answer", "Failed", "Place", "Refused", "check", "fetch", "parse"]

PORTS = {"http": 80, "https": 443}
HEADER_BYTES = 64 * caps.KB
_NETLOC = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]:@]+)(:[0-9]*)?")
_HOST = re.compile(r"[a-z0-9._-]+")
_SAFE = "/%:@!$&'()*+,;=~-._"
_OURS = {"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "cookie"}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart, once."""

    scheme: str
    host: str
    port: int
    target: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in lower case; of doubled ones the last counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    headers: Mapping[str, str]
    body: bytes | None
    most_bytes: int
    until: Deadline
    resolver: Resolver
    trust: ssl.SSLContext | None


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    most_bytes: int = caps.FETCH_BYTES,
    seconds: float = caps.FETCH_SECONDS,
    redirects: int = 0,
    resolver: Resolver = system_resolver,
    trust: ssl.SSLContext | None = None,
) -> Answer:
    """One request and its answer. Redirects are followed only where asked for, each checked like the first."""
    assert redirects == 0 or (method == "GET" and not body and not headers), "only a plain look is sent on elsewhere"
    asked = _Request(method, _checked_headers(headers or {}), body, most_bytes, deadline(seconds), resolver, trust)
    for _each in range(1 + min(redirects, caps.FETCH_REDIRECTS)):
        place = parse(url)
        answer = _once(place, url, asked)
        onward = answer.headers.get("location")
        if not redirects or answer.status not in _REDIRECTS or not onward:
            return answer
        if place.scheme == "https" and urlsplit(urljoin(url, onward)).scheme != "https":
            raise Refused("form")
        url = urljoin(url, onward)
    raise Failed("redirects")


def check(url: str, *, resolver: Resolver = system_resolver) -> None:
    """Say early, when an address is saved, what `fetch` would refuse; what counts is the check at sending."""
    place = parse(url)
    reach(place.host, place.port, until=deadline(), resolver=resolver)


def parse(url: str) -> Place:
    """The parts of a web address; Refused for anything that two readers could read differently."""
    if len(url) > caps.FETCH_ADDRESS_LENGTH or "\\" in url or any(sign <= " " or sign == "\x7f" for sign in url):
        raise Refused("form")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as wrong:
        raise Refused("form") from wrong
    if parts.scheme not in PORTS or not _NETLOC.fullmatch(parts.netloc) or not host or port == 0:
        raise Refused("form")
    target = quote(parts.path or "/", safe=_SAFE) + ("?" + quote(parts.query, safe=_SAFE + "?") if parts.query else "")
    return Place(parts.scheme, host, port or PORTS[parts.scheme], target)


def _once(place: Place, url: str, asked: _Request) -> Answer:
    found = reach(place.host, place.port, until=asked.until, resolver=asked.resolver)
    plain = connect(found, place.port, asked.until)
    try:
        with plain, _secured(plain, place, asked) as connected:
            return _exchange(connected, place, url, asked)
    except TimeoutError as late:
        raise Failed("timeout") from late
    except ssl.SSLError as unsafe:
        raise Failed("tls") from unsafe
    except http.client.IncompleteRead as cut:
        raise Failed("cut_short") from cut
    except (http.client.HTTPException, ValueError) as odd:
        raise Failed("protocol") from odd
    except OSError as broken:
        raise Failed("connection") from broken


def _secured(plain: socket.socket, place: Place, asked: _Request) -> socket.socket:
    plain.settimeout(asked.until.left())
    if place.scheme == "http":
        return plain
    context = asked.trust or ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=place.host)


def _exchange(connected: socket.socket, place: Place, url: str, asked: _Request) -> Answer:
    talk = http.client.HTTPConnection(place.host, place.port)
    talk.auto_open = 0  # it would look the name up again
    talk.default_port = PORTS[place.scheme]
    talk.sock = connected
    connected.settimeout(asked.until.left())
    talk.request(asked.method, place.target, asked.body, {**asked.headers, "Connection": "close"})
    with closing(http.client.HTTPResponse(_Timed(connected, asked), method=asked.method)) as response:  # type: ignore[arg-type]
        response.begin()
        return _answer(response, url, asked)


def _answer(response: http.client.HTTPResponse, url: str, asked: _Request) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise Failed("encoding")
    return Answer(response.status, headers, _body(response, asked), url)


def _body(response: http.client.HTTPResponse, asked: _Request) -> bytes:
    if response.length is not None and response.length > asked.most_bytes:
        raise Failed("too_big")
    read = response.read(asked.most_bytes + 1)
    if len(read) > asked.most_bytes:
        raise Failed("too_big")
    if response.length:
        raise Failed("cut_short")
    return read


class _Timed(io.RawIOBase):
    """The receiving side: every read ends with the whole request's time, and there is an end to its bytes."""

    def __init__(self, connected: socket.socket, asked: _Request) -> None:
        self._connected, self._until = connected, asked.until
        self._room = asked.most_bytes + HEADER_BYTES

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._connected.settimeout(self._until.left())
        got = self._connected.recv_into(into)
        self._room -= got
        if self._room < 0:
            raise Failed("too_big")
        return got


def _ascii(host: str) -> str:
    if ":" in host:
        return host
    plain = host.encode("idna").decode("ascii").lower()
    return plain if _HOST.fullmatch(plain) else ""  # some signs are taken apart into a space and an accent


def _checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if name.lower() in _OURS or any(sign in name + value for sign in "\r\n\0"):
            raise ValueError(f"not a header to be sent: {name!r}")
    return dict(headers)
