"""Which customer wrote: how addresses are compared, and which records are one person (pure)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers

EMAIL, PHONE, POST = "email", "phone", "post"
HOME_REGION = "FI"


@dataclass(frozen=True, slots=True)
class Joined:
    """One standing merge: `absorbed` lies under `kept`."""

    kept: int
    absorbed: int


def normal(kind: str, value: str) -> str:
    """How a contact point is compared; empty when it cannot be one of its kind."""
    if kind == EMAIL:
        return normal_email(value)
    if kind == PHONE:
        return normal_phone(value)
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def normal_email(address: str) -> str:
    """Casefolded, the domain as an A-label; empty when it is no address."""
    written = unicodedata.normalize("NFC", address.strip().strip("<>").strip())
    local, at, domain = written.rpartition("@")
    if not (local and at and domain) or any(sign.isspace() or not sign.isprintable() for sign in written):
        return ""
    return f"{local.casefold()}@{_ascii_domain(domain)}"


def normal_phone(number: str, region: str = HOME_REGION) -> str:
    """E.164; a number without country code is one of our own country. Empty when no such number can exist."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def roots(records: Iterable[int], merges: Iterable[Joined]) -> dict[int, int]:
    """For each record the one that stands for the person: itself where it is not absorbed."""
    above = {merge.absorbed: merge.kept for merge in merges}
    found = {}
    for record in records:
        top = record
        seen = {top}
        while (higher := above.get(top)) is not None and higher not in seen:
            top = higher
            seen.add(top)
        found[record] = top
    return found


def is_shared_name(local: str) -> bool:
    """Addresses of an office rather than of a person: identification asks instead of guessing."""
    return local in _SHARED


def _ascii_domain(domain: str) -> str:
    plain = domain.casefold().rstrip(".")
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


_SHARED = frozenset(
    {
        *("info", "office", "contact", "support", "sales", "admin", "billing", "hello", "service", "reception"),
        *("toimisto", "asiakaspalvelu", "laskutus", "myynti", "isannointi", "isannoitsija", "hallitus", "palaute"),
        *("kontakt", "kundtjanst", "ekonomi", "faktura", "kansli", "reklamation"),
        *("zakaz", "pochta", "buhgalteria", "kontora", "ofis"),
    }
)
