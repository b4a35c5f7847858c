"""The demo's conversations as data, read from the TOML files beside."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "words"
LANGUAGES = ("fi", "ru", "en", "sv")
CHANNELS = {"email": "email", "form": "email", "phone": "phone"}
"""The channels that the house serves so far; a form's entry comes as a letter."""


@dataclass(frozen=True, slots=True)
class PromiseWords:
    """What an agent promises: `due` as "today 18:00", "next workday 12:00", "3 workdays", "2 working hours", "slot"."""

    text: str
    due: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a conversation; `after` is working time since the turn before, in seconds."""

    by: str
    after: int
    text: str
    subject: str = ""
    agent: str = ""
    promise: PromiseWords | None = None
    closes: bool = False
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """One whole conversation."""

    id: str
    language: str
    topic: str
    touchpoint: str
    channel: str
    mood: str
    weight: int
    only: tuple[str, ...]
    outcome: str
    turns: tuple[Turn, ...]
    customer: str = ""
    agent: str = ""
    sex: str = ""
    date: str = ""

    @property
    def subject(self) -> str:
        """The first turn's subject line, or what a clerk would write over a call."""
        return self.turns[0].subject


@cache
def threads() -> tuple[Thread, ...]:
    """Every conversation whose channel the house serves."""
    found = [_thread(raw, language) for language in LANGUAGES for raw in _read(f"threads_{language}")["thread"]]
    return tuple(thread for thread in found if thread.channel)


@cache
def names() -> dict[str, Any]:
    """Name, street and firm lists, as in names.toml."""
    return _read("names")


@cache
def topics() -> dict[str, Any]:
    """The topic tree and the touchpoints, as in topics.toml."""
    return _read("topics")


def seconds(span: str) -> int:
    """ "Read "70 min", "2 h" or "1 d" (a working day of ten hours) as seconds of working time."""
    number, unit = span.split()
    return int(number) * {"min": 60, "h": 3600, "d": 36_000}[unit]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def _thread(raw: dict[str, Any], language: str) -> Thread:
    return Thread(
        id=raw["id"],
        language=language,
        topic=raw["topic"],
        touchpoint=raw["touchpoint"],
        channel=CHANNELS.get(raw["channel"], ""),
        mood=raw["mood"],
        weight=raw["weight"],
        only=tuple(raw["only"]),
        outcome=raw["outcome"],
        turns=tuple(_turn(turn) for turn in raw["turn"]),
        customer=raw.get("customer", ""),
        agent=raw.get("agent", ""),
        sex=raw.get("sex", ""),
        date=raw.get("date", ""),
    )


def _turn(raw: dict[str, Any]) -> Turn:
    promise = raw.get("promise")
    return Turn(
        by=raw["by"],
        after=seconds(raw["after"]),
        text=raw["text"],
        subject=raw.get("subject", ""),
        agent=raw.get("agent", ""),
        promise=PromiseWords(promise["text"], promise["due"], promise["kept"]) if promise else None,
        closes=raw.get("closes", False),
        automatic=raw.get("auto", False),
    )
