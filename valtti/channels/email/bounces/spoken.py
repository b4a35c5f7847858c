"""Letters that say in plain words that ours did not arrive: old servers, and those that know no standard."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from valtti.channels.email.bounces import classes
from valtti.channels.email.schema import Address, Evidence, Recipient

_ADDRESS = re.compile(r"(?<![\w.+@-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?![\w@-])")
_MOST = 50


@cache
def table() -> dict[str, Any]:
    """The words by which such letters are known."""
    return tomllib.loads(Path(__file__).with_name("spoken.toml").read_text("utf-8"))


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table()[kind].values()))


def is_daemon(author: Address | None) -> bool:
    """Whether a mail system wrote it."""
    if author is None:
        return False
    local = (author["address"] or "").partition("@")[0].lower()
    return local in table()["senders"] or (author["name"] or "").lower() in table()["names"]


def says_failed(text: str) -> bool:
    """Whether the words say that a letter was not delivered."""
    return bool(_any_of("failed").search(classes.flat(text)))


def says_delayed(text: str) -> bool:
    """Whether the words say that it will be tried again."""
    return bool(_any_of("delayed").search(classes.flat(text)))


def returned(text: str) -> str | None:
    """The copy of our letter that stands below a line of the table; None when there is none."""
    low = text.lower()
    for mark in table()["original"]["begins"]:
        at = low.find(mark)
        if at >= 0:
            return text[at:].partition("\n")[2].lstrip("\n")
    return None


def own_words(text: str) -> str:
    """What the server itself says, above the copy of our letter."""
    low = text.lower()
    places = [at for mark in table()["original"]["begins"] if (at := low.find(mark)) >= 0]
    return text[: min(places)] if places else text


def recipients(text: str, not_these: set[str]) -> list[Recipient]:
    """Each address the server names, with what it says from there to the next one."""
    words = own_words(text)
    found: list[Recipient] = []
    seen: set[str] = set()
    places = [match for match in _ADDRESS.finditer(words) if match[0].lower() not in not_these][: _MOST * 4]
    for number, match in enumerate(places):
        if match[0].lower() in seen or len(found) >= _MOST:
            continue
        seen.add(match[0].lower())
        end = next((one.start() for one in places[number + 1 :] if one[0].lower() != match[0].lower()), len(words))
        found.append(_recipient(match[0], words[match.end() : min(end, match.end() + 2000)], words))
    return found


def _recipient(address: str, own: str, whole: str) -> Recipient:
    """What stands behind the address counts; when it says nothing, the whole letter does."""
    told = own if classes.status_in(own) or classes.reply_in(own) or classes.by_text(own) else whole
    status, reply = classes.status_in(told), classes.reply_in(told)
    by_words = classes.by_text(told)
    found = classes.classify(status, told)
    evidence: Evidence = "text" if status or reply or by_words else "guessed"
    return {
        "final": address,
        "original": None,
        "action": None,
        "status": status,
        "reply_code": reply,
        "diagnostic": " ".join(own.strip(" <>:;,.\n\t").split())[:1000] or None,
        "class": found,
        "lasting": classes.lasting(found, status, reply),
        "evidence": evidence,
    }
