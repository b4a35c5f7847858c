"""What only this house can make in a letter: the keys of reply tokens and the mark of its own letters."""

from __future__ import annotations

from django.conf import settings

from valtti.channels.email import thread
from valtti.core import keys


def reply_keys() -> tuple[thread.Key, ...]:
    """The keys of reply tokens, the signing one first; old ones verify."""
    return tuple(thread.Key.of(keys.derived(key, "reply token")) for key in settings.SECRET_KEYS)


def loop_marker() -> str:
    """What our letters carry, so that we know them when they come back; nobody else can tell it from chance."""
    return keys.mark("mail loop")[:32]
