"""The line that says who wrote what follows: "On Monday, Maija wrote:" in five languages and any order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from valtti.channels.email.trim.lines import Line
from valtti.channels.email.trim.words import Language, date_words, languages, months, pronouns, small_words

MOST_LINES = 4
_MOST_LENGTH = 400
_ADDRESS = re.compile(r"[<(\[\"']{0,2}(?:mailto:)?[^\s<>()\[\],;:\"']{1,64}@[^\s<>()\[\],;:\"']{1,255}[>)\]\"']{0,2}")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}-\d{1,2}-\d{4})(?!\d)"
)
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)")
_NUMBER = re.compile(r"(?:gmt|utc)?[+-]?\d[\d.:,/+-]*(?:st|nd|rd|th|г|kl|h|uhr)?\.?")
_QUOTED_NAME = re.compile(r"[\"“”„«'][^\"“”„«»']{1,80}[\"“”»']")
_WORD = re.compile(r"[^\s,;<>()\[\]\"“”„«»]+")
_MOST_NAME_WORDS = 8
_CYRILLIC = re.compile(r"[а-яё]", re.I)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Where it stands. A strong one needs no quotation signs below it to be believed."""

    start: int
    end: int
    rule: str
    strong: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    has_address: bool
    has_date: bool
    has_time: bool
    plain_words: int
    name_words: int
    first_is_date: bool
    by_us: bool


def _facts(text: str, verb: Language | None) -> _Facts:
    """What is left when date, time, address, verb and small words are taken away is the name."""
    rest, addresses = _ADDRESS.subn(" ", text)
    rest = verb.wrote.sub(" ", rest) if verb else rest
    low = rest.lower()
    has_date, has_time = bool(_DATE.search(low)), bool(_TIME.search(low))
    quoted_names = len(_QUOTED_NAME.findall(rest))
    words = [word.strip(".:*_-,") for word in _WORD.findall(_QUOTED_NAME.sub(" ", rest))]
    words = [word for word in words if word]
    lows = [word.lower() for word in words]
    if not has_date:
        has_date = any(word in months() for word in lows) and any(word[0].isdigit() for word in lows)
    left = [word for word, low in zip(words, lows, strict=True) if not _known(low)]
    plain = sum(word[:1].islower() for word in left)
    first = bool(lows) and (lows[0] in date_words() or lows[0][0].isdigit() or lows[0] in {"on", "am", "den"})
    by_us = any(low in pronouns() for low in lows)
    return _Facts(addresses > 0, has_date, has_time, plain, len(left) + quoted_names, first, by_us)


def _known(low: str) -> bool:
    return low in date_words() or low in small_words() or bool(_NUMBER.fullmatch(low))


def _judge(text: str) -> tuple[str, bool] | None:
    """The rule and whether it is strong; None when this is no attribution."""
    low = text.lower()
    verb = next((one for one in languages() if one.wrote.search(low)), None)
    if verb is None and not _TIME.search(low):
        return None
    facts = _facts(text, verb)
    fits = facts.name_words <= _MOST_NAME_WORDS and facts.plain_words <= (3 if facts.has_address else 0)
    if verb is not None:
        if facts.has_date and fits and (facts.has_time or facts.has_address) and not facts.by_us:
            return verb.rule, True
        if fits and (facts.has_address or facts.has_date or facts.name_words <= 4):
            return verb.rule, False
        return None
    # Russian clients and Yandex in any language leave the verb out: date, time, name and address.
    if not (facts.has_date and facts.has_time and fits and facts.first_is_date):
        return None
    if facts.has_address:
        return "R-ru", True
    return ("R-ru", True) if _CYRILLIC.search(text) and 0 < facts.name_words <= 5 else None


def _ends(text: str, next_quoted: bool) -> bool:
    text = text.rstrip(" *_\xa0")
    if text.endswith((":", "：")):
        return True
    low = text.lower()
    return next_quoted and any(low.endswith(word) for word in ("wrote", "skrev", "schrieb", "kirjoitti", "пишет"))


def at_end(lines: list[Line], last: int, next_quoted: bool) -> Attribution | None:
    """The attribution that ends on this line: the shortest with a date, else the shortest."""
    if not _ends(lines[last].text, next_quoted) or len(lines[last].text) > _MOST_LENGTH:
        return None
    found: Attribution | None = None
    text = ""
    for first in range(last, max(last - MOST_LINES, -1), -1):
        line = lines[first]
        if line.blank or (line.quoted and first != last) or len(text) + len(line.text) > _MOST_LENGTH:
            break
        text = f"{line.text.strip('> *_')} {text}".strip()
        judged = _judge(text)
        if judged and judged[1]:
            return Attribution(first, last + 1, *judged)
        if judged and found is None:
            found = Attribution(first, last + 1, *judged)
    return found
