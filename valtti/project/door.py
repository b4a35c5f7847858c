"""What is checked before any page is asked: methods, host, lengths, who the client really is (pure)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

type Network = IPv4Network | IPv6Network
type Header = tuple[bytes, bytes]

MOST_BODY = 30 * 1024 * 1024
REFUSED_METHODS = frozenset({"TRACE", "CONNECT"})
_REQUEST_ID = re.compile(r"[0-9a-f-]{8,64}")
_LENGTH = re.compile(rb"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The door stays shut: a status, and no word to a page."""

    status: HTTPStatus


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the address that limits and the audit log may believe, and whether the outside saw TLS."""

    address: str
    is_secure: bool
    request_id: str


def refusal(method: str, http_version: str, headers: Sequence[Header]) -> Refusal | None:
    """Why a request is not let in; None when it is."""
    lengths = {value for name, value in headers if name == b"content-length"}
    hosts = [value for name, value in headers if name == b"host"]
    chunked = any(name == b"transfer-encoding" for name, _ in headers)
    if method in REFUSED_METHODS:
        return Refusal(HTTPStatus.METHOD_NOT_ALLOWED)
    if len(hosts) > 1 or (http_version == "1.1" and not hosts):
        return Refusal(HTTPStatus.BAD_REQUEST)
    if len(lengths) > 1 or (lengths and chunked) or not all(_LENGTH.fullmatch(length) for length in lengths):
        return Refusal(HTTPStatus.BAD_REQUEST)
    if any(int(length) > MOST_BODY for length in lengths):
        return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return None


def content_length(headers: Iterable[Header]) -> int | None:
    """The length a body claims to have; None when it claims none. Only after `refusal()` found nothing."""
    return next((int(value) for name, value in headers if name == b"content-length"), None)


def has_body(headers: Iterable[Header]) -> bool:
    """A body follows."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and int(value) > 0) for name, value in headers
    )


def caller(peer: str, headers: Sequence[Header], trusted: Sequence[Network]) -> Caller:
    """Forwarding headers count only from a trusted proxy; of its list, the right-most address that is not one too."""
    if not is_in(peer, trusted):
        return Caller(peer, False, _new_id())
    said = {name: value.decode("latin-1") for name, value in headers}
    given = said.get(b"x-request-id", "")
    return Caller(
        _first_unknown([peer, *reversed(_forwarded(headers))], trusted),
        said.get(b"x-forwarded-proto", "").strip().lower() == "https",
        given if _REQUEST_ID.fullmatch(given) else _new_id(),
    )


def networks(named: Iterable[str]) -> list[Network]:
    """The trusted networks. Raises ValueError on anything that is none."""
    return [ip_network(name, strict=False) for name in named]


def is_in(address: str, trusted: Iterable[Network]) -> bool:
    """The address lies in one of the networks."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in trusted)


def _forwarded(headers: Iterable[Header]) -> list[str]:
    lists = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return [part.strip().strip("[]") for part in ",".join(lists).split(",") if part.strip()]


def _first_unknown(addresses: Iterable[str], trusted: Sequence[Network]) -> str:
    last = ""
    for address in addresses:
        if not _is_address(address):
            break  # nobody can vouch for what stands further left
        last = address
        if not is_in(address, trusted):
            break
    return last


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _new_id() -> str:
    return secrets.token_hex(16)
