"""What our letters say besides the agent's own words, in the customer's language (pure)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("fi", "ru", "en", "sv")
FALLBACK = "en"
RULE = "—" * 20


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the letter says will happen: `kind` is promise, customer or nothing."""

    kind: str
    text: str = ""
    due_at: datetime | None = None
    promise_kind: str = "update"


@dataclass(frozen=True, slots=True)
class Shown:
    """The next step in words: heading, time, what, and what we do by then. Empty parts are left out."""

    heading: str
    when: str
    what: str
    note: str

    @property
    def lines(self) -> list[str]:
        """As plain text."""
        return [line for line in (f"{self.heading}:", self.when, self.what, self.note) if line.strip(":")]


@dataclass(frozen=True, slots=True)
class Written:
    """One letter: `body` is whole; `words`, `writer`, `step` and `foot` are its parts, for a richer form."""

    subject: str
    body: str
    words: str
    writer: str
    step: Shown | None
    foot: tuple[str, ...]


def answer(
    *,
    language: str,
    words: str,
    step: NextStep,
    writer: str,
    title: str,
    reference: str,
    zone: str,
    now: datetime,
    house: str = "",
) -> Written:
    """An agent's answer with its next step under it. Whoever has signed by hand is not named twice."""
    texts = _texts(language)
    shown = next_step(language=language, step=step, zone=zone, now=now)
    own = texts["answer"]
    foot: tuple[str, ...] = (own["add"], own["reference"].format(reference=reference))
    foot = foot[1:] if step.kind == "nothing" else foot
    signed = house if house and _is_signed(words, writer) else own["writer"].format(name=writer)
    signed = signed if not house or signed == house else f"{signed}, {house}"
    parts = (words.strip(), signed, "\n".join([RULE, *shown.lines]), "\n".join([RULE, *foot]))
    return Written(_subject(title, reference), "\n\n".join(parts) + "\n", words.strip(), signed, shown, foot)


def receipt(
    *, language: str, receiver: str, reference: str, answer_due: datetime | None, zone: str, now: datetime
) -> Written:
    """We have it, who has it, its number, what comes next. Never a word that the sender supplied."""
    texts = _texts(language)
    own = texts["receipt"]
    if answer_due is not None:
        expected = own["expected"].format(when=moment(language, answer_due, zone, now))
    else:
        expected = own["expected_open"]
    foot = (texts["answer"]["add"], texts["answer"]["reference"].format(reference=reference), own["automatic"])
    words = "\n\n".join([own["hello"], own["received"].format(receiver=receiver), expected])
    body = "\n\n".join([words, "\n".join([RULE, *foot])]) + "\n"
    return Written(f"{own['subject']} [{reference}]", body, words, "", None, foot)


def next_step(*, language: str, step: NextStep, zone: str, now: datetime) -> Shown:
    """The next step as the customer reads it."""
    texts = _texts(language)
    heading = texts["answer"]["next"]
    if step.kind == "promise" and step.due_at is not None:
        note = texts["promise"].get(step.promise_kind, texts["promise"]["update"])
        return Shown(heading, moment(language, step.due_at, zone, now), step.text, note)
    return Shown(heading, "", texts["answer"]["customer" if step.kind == "customer" else "nothing"], "")


def moment(language: str, at: datetime, zone: str, now: datetime) -> str:
    """An instant as one writes it to a customer; the year only when it is another one."""
    texts = _texts(language)["moment"]
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    months = texts.get("months")
    pattern = texts["day"] if local.year == today.year else texts["day_of_year"]
    shown: str = pattern.format(
        weekday=texts["weekdays"][local.weekday()],
        day=local.day,
        month=local.month,
        month_name=months[local.month - 1] if months else "",
        year=local.year,
        hour=local.hour,
        minute=f"{local.minute:02}",
    )
    return shown


def language_for(wanted: str) -> str:
    """The language we can write in: the wanted one, or the fallback."""
    short = wanted.partition("-")[0].lower()
    return short if short in LANGUAGES else FALLBACK


def _is_signed(words: str, writer: str) -> bool:
    """The last line is the writer's name already."""
    last = words.strip().rpartition("\n")[2]
    return bool(writer) and last.strip(" \t-–—,.!").casefold() == writer.casefold()


def _subject(title: str, reference: str) -> str:
    plain = " ".join(title.split())[:200]
    return f"Re: {plain} [{reference}]"


def _texts(language: str) -> dict[str, Any]:
    return _read(language_for(language))


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
