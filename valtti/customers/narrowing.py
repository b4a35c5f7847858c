"""What a customer's timeline can be narrowed to; the address holds all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise as Lazy
from django.utils.translation import pgettext_lazy

from valtti.customers.timeline import Wanted, channels

MATTERS: dict[str, Lazy] = {
    "": pgettext_lazy("cases on the timeline", "All"),
    "open": pgettext_lazy("cases on the timeline", "Open"),
    "closed": pgettext_lazy("cases on the timeline", "Closed"),
}
EVERY_CHANNEL = pgettext_lazy("channels on the timeline", "All channels")


@dataclass(frozen=True, slots=True)
class Way:
    """One link: its words, the address's end, whether it is chosen."""

    title: str | Lazy
    query: str
    chosen: bool


def wanted_of(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; what nobody knows narrows nothing."""
    channel, matter = query.get("channel", ""), query.get("matter", "")
    return Wanted(channel if channel in channels else "", matter if matter in MATTERS else "")


def query_of(wanted: Wanted, **more: str | int) -> str:
    """The end of the address for it."""
    said = {"channel": wanted.channel, "matter": wanted.matter} | more
    asked = {name: value for name, value in said.items() if value}
    return f"?{urlencode(asked)}" if asked else ""


def by_channel(wanted: Wanted) -> list[Way]:
    """All channels, then each; the choice of matters stays."""
    named = {"": EVERY_CHANNEL, **channels}
    return [Way(title, query_of(Wanted(key, wanted.matter)), key == wanted.channel) for key, title in named.items()]


def by_matter(wanted: Wanted) -> list[Way]:
    """All cases, open ones, closed ones; the choice of channel stays."""
    return [Way(title, query_of(Wanted(wanted.channel, key)), key == wanted.matter) for key, title in MATTERS.items()]
