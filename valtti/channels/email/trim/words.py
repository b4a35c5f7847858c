"""The languages of the trimmer, compiled from data. No language is guessed first: all are tried."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROLES = ("from", "sent", "to", "cc", "subject", "other")


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words."""

    code: str
    wrote: re.Pattern[str]
    header: re.Pattern[str]
    roles: dict[str, str]
    original: re.Pattern[str]
    forward: re.Pattern[str]
    forward_end: re.Pattern[str]
    device: re.Pattern[str]
    closing: re.Pattern[str]
    disclaimer: re.Pattern[str]
    list_footer: re.Pattern[str]

    @property
    def rule(self) -> str:
        """The id of its rules."""
        return f"R-{self.code}"


def _words(values: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(values, key=len, reverse=True))


def _rule(plain: list[str], opening: list[str]) -> re.Pattern[str]:
    """A line of its own between dashes, or one that ends with a colon."""
    dashes, space = r"[-–—_=*]{2,80}", r"\s{0,9}"
    between = rf"{space}{dashes}{space}(?:{_words(plain)})(?:\s[^\n]{{0,120}}?)?{space}{dashes}{space}"
    if not opening:
        return re.compile(between)
    return re.compile(rf"{between}|\W{{0,80}}(?:{_words(opening)})\s?[:.]?\W{{0,80}}")


def _language(code: str, data: dict[str, str | list[str]]) -> Language:
    def listed(key: str) -> list[str]:
        found = data[key]
        assert isinstance(found, list)
        return found

    names = {name: role for role in ROLES for name in listed(role)}
    joined_names = _words(list(names))
    return Language(
        code=code,
        wrote=re.compile(rf"(?:(?<![^\W\d_])(?:{data['wrote']})(?![^\W\d_]))", re.I),
        header=re.compile(rf"[\s*_]{{0,20}}({joined_names})[ \t*]{{0,9}}[:：][\s*]{{0,40}}(.*)", re.I | re.S),
        roles=names,
        original=_rule(listed("original"), []),
        forward=_rule(listed("forward"), listed("forward_open")),
        forward_end=re.compile(rf"\W{{0,80}}(?:{_words(listed('forward_end'))})\W{{0,80}}"),
        device=re.compile("|".join(f"(?:{pattern})" for pattern in listed("device"))),
        closing=re.compile(
            rf"[-–—/\s*_]{{0,9}}(?:{_words(listed('closing'))})(?![^\W\d_])[\s,.!:*/_-]{{0,9}}(.*)", re.S
        ),
        disclaimer=re.compile(str(data["disclaimer"])),
        list_footer=re.compile(rf"\W{{0,9}}(?:{data['list_footer']})"),
    )


@cache
def _data() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def languages() -> tuple[Language, ...]:
    """All of them."""
    return tuple(_language(code, data) for code, data in _data().items())


@cache
def date_words() -> frozenset[str]:
    """Months and weekdays of every language."""
    return frozenset(
        word for data in _data().values() for key in ("months", "weekdays") for word in str(data[key]).split()
    )


@cache
def months() -> frozenset[str]:
    """Months of every language."""
    return frozenset(word for data in _data().values() for word in str(data["months"]).split())


@cache
def pronouns() -> frozenset[str]:
    """Who writes of a letter in a sentence of their own is no program."""
    return frozenset(word for data in _data().values() for word in str(data["pronouns"]).split())


@cache
def small_words() -> frozenset[str]:
    """What stands between date, time and name."""
    return frozenset(word for data in _data().values() for word in str(data["around"]).split())
