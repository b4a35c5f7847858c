"""How often something may be asked: token buckets in one table, under keys that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.db import DatabaseError, transaction

from valtti.core import clock, keys
from valtti.core.models import Bucket


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in so many seconds; all of them at once if the bucket is full."""

    many: int
    seconds: int


MINUTE, HOUR, DAY = 60, 3600, 86400

LIMITS: dict[str, tuple[Rate, ...]] = {
    "login_page": (Rate(30, MINUTE),),
    "failed_login_address": (Rate(10, MINUTE),),
    "failed_login_pair": (Rate(5, 5 * MINUTE),),
    "failed_login_account": (Rate(50, HOUR),),
    "reset_address": (Rate(3, HOUR),),
    "reset_network": (Rate(20, HOUR),),
    "web_form": (Rate(5, HOUR),),
    "chat_start": (Rate(10, HOUR),),
    "survey_token": (Rate(40, MINUTE),),
    "survey_network": (Rate(600, MINUTE),),
    "automatic_letter": (Rate(3, HOUR), Rate(8, DAY)),
    "link_network": (Rate(600, MINUTE),),
    "unknown_token": (Rate(20, HOUR),),
    "search": (Rate(60, MINUTE),),
    "export": (Rate(10, HOUR),),
    "api": (Rate(600, MINUTE),),
    "inbound_hook": (Rate(600, MINUTE),),
    "new_case_sender": (Rate(20, HOUR),),
    "refused_look_up": (Rate(30, HOUR),),
}

MEANING: dict[str, str] = {
    "login_page": "Looks at the login page, from one network.",
    "failed_login_address": "Failed logins from one network.",
    "failed_login_pair": "Failed logins to one account from one network.",
    "failed_login_account": "Failed logins to one account from anywhere.",
    "reset_address": "Letters with a new password or a code to one address.",
    "reset_network": "Wishes for such letters from one network.",
    "web_form": "Web forms from one network.",
    "chat_start": "Chats begun from one network.",
    "survey_token": "Answers under one survey link.",
    "survey_network": "Answers to surveys from one network.",
    "automatic_letter": "Automatic letters to one address.",
    "link_network": "Links to surveys and matters opened from one network.",
    "unknown_token": "Unknown links tried from one network.",
    "search": "Searches of one person.",
    "export": "Exports of one person.",
    "api": "Calls of the interface with one token.",
    "inbound_hook": "Hooks under one key.",
    "new_case_sender": "New cases of one sender; one case collects the rest.",
    "refused_look_up": "Look-ups that were refused to one person.",
}
"""The limits in words, for docs/caps.md."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go on."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """Not now; after `retry_after` seconds there is room for one again."""

    retry_after: int

    def __bool__(self) -> bool:
        return False


class TooMany(Exception):
    """Too often in a short while: the middleware answers 429 with `retry_after`."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"room again in {retry_after} s")
        self.retry_after = retry_after


class Uncounted(Exception):
    """The table of limits cannot be written: what must be counted is not let in (503)."""


def take(name: str, *parts: object) -> Allowed | Refused:
    """Count one, if the limit has room; a refusal counts nothing. Never inside another transaction."""
    return _look(name, parts, taking=True)


def peek(name: str, *parts: object) -> Allowed | Refused:
    """Whether there is room for one, counting nothing."""
    return _look(name, parts, taking=False)


def demand(name: str, *parts: object) -> None:
    """Count one or raise TooMany; Uncounted when counting fails."""
    try:
        answer = take(name, *parts)
    except DatabaseError as broken:
        raise Uncounted from broken
    if isinstance(answer, Refused):
        raise TooMany(answer.retry_after)


def network(address: str) -> str:
    """Whom a limit counts as one: an IPv4 address, or the /64 an IPv6 address lies in; "" for no address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))


def forget_full() -> int:
    """Delete buckets that have been full again for long; how many. For the nightly tasks."""
    longest = max(rate.seconds for rates in LIMITS.values() for rate in rates)
    deleted, _by_kind = Bucket.objects.filter(filled_at__lt=clock.now() - timedelta(seconds=longest)).delete()
    return deleted


def _look(name: str, parts: tuple[object, ...], *, taking: bool) -> Allowed | Refused:
    rates = LIMITS[name]
    with transaction.atomic(durable=True):
        buckets = [_filled(keys.mark("limits", name, rate.seconds, *parts), rate) for rate in rates]
        waits = [_wait(bucket, rate) for bucket, rate in zip(buckets, rates, strict=True)]
        if max(waits) > 0:
            return Refused(max(waits))
        for bucket in buckets if taking else ():
            bucket.tokens -= 1
            bucket.save(update_fields=["tokens", "filled_at"])
    return Allowed()


def _filled(key: str, rate: Rate) -> Bucket:
    """The bucket, locked, with what has trickled in since it was last looked at."""
    now = clock.now()
    Bucket.objects.bulk_create([Bucket(key=key, tokens=rate.many, filled_at=now)], ignore_conflicts=True)
    bucket = Bucket.objects.select_for_update().get(key=key)
    passed = max(0.0, (now - bucket.filled_at).total_seconds())
    bucket.tokens = min(float(rate.many), bucket.tokens + passed * rate.many / rate.seconds)
    bucket.filled_at = max(now, bucket.filled_at)
    return bucket


def _wait(bucket: Bucket, rate: Rate) -> int:
    """Whole seconds until there is room for one; 0 when there is."""
    missing = 1 - bucket.tokens
    return ceil(missing * rate.seconds / rate.many) if missing > 1e-9 else 0
