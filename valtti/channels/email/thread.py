"""Reply tokens, made and verified, and what a letter shows about the thread it belongs to (pure)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from valtti.channels.email.schema import Address, Headers, Letter, Token, Trust

VERSION = 1
LIFE = timedelta(days=400)
TEXT_LENGTH = 48
BYTES = 30
CHECK = 16
NONCE_LENGTH = 16
LOCAL_PART = 64
_EPOCH = date(2020, 1, 1)
_PURPOSE = b"valtti reply token 1\0"
_TOKEN = re.compile(r"[a-z2-7]{48}")
_LOOKS = re.compile(r"[A-Za-z2-7]{24,96}")
_OWN_ID = re.compile(r"([A-Za-z2-7]{24,96})\.([A-Za-z2-7]{16})@([^\s@]{1,255})")

type TokenState = Literal["true", "expired", "broken"]


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key. The id says which one signed; it is made from the secret, so that it survives rotation."""

    id: int
    secret: bytes

    @classmethod
    def of(cls, secret: bytes) -> Key:
        """The key of a secret."""
        assert secret, "an empty secret signs nothing"
        return cls(hashlib.sha256(b"valtti reply key\0" + secret).digest()[0], secret)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a token says. Ids are given for a true and for an expired one, never for a broken one."""

    state: TokenState
    case_id: int | None = None
    contact_point_id: int | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the headers show: tokens and ids, newest first; desk alone decides what they are worth."""

    tokens: tuple[str, ...]
    ids: tuple[str, ...]
    trust: Trust


def _check(key: Key, claim: bytes) -> bytes:
    return hmac.new(key.secret, _PURPOSE + claim, hashlib.sha256).digest()[:CHECK]


def make_token(*, case_id: int, contact_point_id: int, expires_on: date, keys: Sequence[Key]) -> str:
    """48 signs naming case and recipient until that day. The first key signs."""
    key = keys[0]
    days = (expires_on - _EPOCH).days
    claim = bytes([VERSION, key.id]) + days.to_bytes(2) + case_id.to_bytes(5) + contact_point_id.to_bytes(5)
    return base64.b32encode(claim + _check(key, claim)).decode("ascii").lower()


def read_token(text: str, *, keys: Sequence[Key], today: date) -> Reading:
    """What the token is worth today. Exact length, constant time; an empty or cut one is broken."""
    text = text.lower()
    if not _TOKEN.fullmatch(text):
        return Reading("broken")
    data = base64.b32decode(text.upper())
    claim, check = data[:-CHECK], data[-CHECK:]
    # Every key is tried, so that the time says nothing about which one it was.
    true = [hmac.compare_digest(_check(key, claim), check) and key.id == claim[1] for key in keys]
    if claim[0] != VERSION or not any(true):
        return Reading("broken")
    expires_on = _EPOCH + timedelta(days=int.from_bytes(claim[2:4]))
    state: TokenState = "true" if today <= expires_on else "expired"
    return Reading(state, int.from_bytes(claim[4:9]), int.from_bytes(claim[9:14]), expires_on)


def new_nonce() -> str:
    """Sixteen random signs."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()


def message_id(token: str, host: str, nonce: str | None = None) -> str:
    """The Message-ID of a letter of ours, without brackets."""
    return f"{token}.{nonce or new_nonce()}@{host}"


def reply_address(mailbox: str, token: str) -> str | None:
    """The mailbox with the token behind a plus; None when that leaves no room for it."""
    local, _, domain = mailbox.rpartition("@")
    with_token = f"{local}+{token}"
    return f"{with_token}@{domain}" if local and len(with_token.encode()) <= LOCAL_PART else None


def _state(text: str) -> Literal["well_formed", "malformed"]:
    text = text.lower()
    if not _TOKEN.fullmatch(text):
        return "malformed"
    return "well_formed" if base64.b32decode(text.upper())[0] == VERSION else "malformed"


def token_of_id(identifier: str) -> str | None:
    """The token in a message id of our making, true or not."""
    found = _OWN_ID.fullmatch(identifier)
    return found[1] if found else None


def _in_addresses(addresses: Iterable[Address]) -> Iterator[str]:
    for one in addresses:
        local = (one["address"] or "").rpartition("@")[0]
        _, plus, tail = local.rpartition("+")
        if plus and _LOOKS.fullmatch(tail):
            yield tail


def tokens_seen(headers: Headers) -> list[Token]:
    """Everything that looks like a reply token, in the order of trust: address, own id, ids referred to."""
    found: dict[tuple[str, str], Token] = {}
    for text in _in_addresses([*headers["to"], *headers["cc"], *headers["delivered_to"], *headers["bcc"]]):
        found.setdefault(("address", text), {"where": "address", "text": text, "state": _state(text)})
    if own := token_of_id(headers["message_id"]):
        found["message_id", own] = {"where": "message_id", "text": own, "state": _state(own)}
    for identifier in ids_newest_first(headers):
        if named := token_of_id(identifier):
            found.setdefault(("references", named), {"where": "references", "text": named, "state": _state(named)})
    return list(found.values())


def ids_newest_first(headers: Headers) -> list[str]:
    """Every letter this one says it follows, the nearest first."""
    return list(dict.fromkeys([*headers["in_reply_to"], *reversed(headers["references"])]))


def evidence(letter: Letter) -> Evidence:
    """The tokens worth verifying and the ids worth looking up. A letter's own id is no proof of a thread."""
    good = [
        token["text"].lower()
        for token in letter["tokens"]
        if token["state"] == "well_formed" and token["where"] != "message_id"
    ]
    return Evidence(tuple(dict.fromkeys(good)), tuple(ids_newest_first(letter["headers"])), letter["trust"])
