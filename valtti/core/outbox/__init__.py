"""The outbox: queue one piece of post, register who carries a channel's post, hear what became of it."""

from __future__ import annotations

from valtti.core.outbox.carrying import carry, handing_over, keep_letter
from valtti.core.outbox.pausing import paused, resume
from valtti.core.outbox.posting import BadHeader, cancel, complained, post, report, send_again
from valtti.core.outbox.results import Accepted, Delayed, Refused, RefusedFor, Result, Uncertain, carrier

__all__ = [
    "Accepted",
    "BadHeader",
    "Delayed",
    "Refused",
    "RefusedFor",
    "Result",
    "Uncertain",
    "cancel",
    "carrier",
    "complained",
    "carry",
    "handing_over",
    "keep_letter",
    "paused",
    "post",
    "report",
    "resume",
    "send_again",
]
