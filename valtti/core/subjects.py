"""What a subject says once the words of programs and our own number are taken off (pure)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from valtti.core import references

_IN_BRACKETS = re.compile(r"\s*\[([^\[\]]{1,30})\]")


@cache
def _words() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("subjects.toml").read_text("utf-8"))


def is_forward(subject: str) -> bool:
    """Whether the subject says that the letter was passed on."""
    word, colon, _ = subject.strip().partition(":")
    return bool(colon) and word.strip().lower() in _words()["forward"]


@cache
def _prefix() -> re.Pattern[str]:
    words = sorted({*_words()["answer"], *_words()["forward"]}, key=len, reverse=True)
    joined = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\s*(?:{joined})\s?(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\^\d{{1,3}})?\s?[:：]\s*", re.I)


def plain_subject(subject: str) -> str:
    """The subject without the prefixes of answers and forwards."""
    at = 0
    while found := _prefix().match(subject, at):
        at = found.end()
    return subject[at:].strip()


def own_words(subject: str) -> str:
    """The subject as its writer meant it: also without the number of another matter of ours in brackets."""
    return _IN_BRACKETS.sub(_without_number, plain_subject(subject)).strip()


def _without_number(found: re.Match[str]) -> str:
    return "" if references.number_of(found[1]) is not None else found[0]
