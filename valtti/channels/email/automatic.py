"""Which letters no person wrote just now: one table of signs, read from data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from valtti.channels.email.options import Options
from valtti.channels.email.schema import Address, Headers, Kind, Reason, Report
from valtti.channels.email.thread import token_of_id

_FIRST_WORDS = 600
_PERSONAL: frozenset[Kind] = frozenset({"person", "unsure"})


@dataclass(frozen=True, slots=True)
class Sign:
    """A header and what must stand in it."""

    header: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: all its signs must show."""

    id: str
    kind: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows, the order of kinds, and the words of absence."""

    rows: tuple[Row, ...]
    order: tuple[str, ...]
    away_subject: re.Pattern[str]
    away_words: re.Pattern[str]


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words.values()))


@cache
def table() -> Table:
    """The table as shipped."""
    data: dict[str, Any] = tomllib.loads(Path(__file__).with_name("automatic.toml").read_text("utf-8"))
    rows = tuple(
        Row(row["id"], row["kind"], tuple(Sign(one["header"], re.compile(one["pattern"])) for one in row["sign"]))
        for row in data["row"]
    )
    away = data["away"]
    return Table(rows, tuple(data["order"]), _any_of(away["subject"]), _any_of(away["words"]))


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the table looks at."""

    headers: Headers
    author: Address | None
    text: str
    report: Report | None
    options: Options

    def values(self, header: str) -> list[str]:
        """The values under a name of the table, in lower case."""
        if not header.startswith(":"):
            return [value.lower() for name, value in self.headers["all"] if name.lower() == header]
        return [value for value in self._facts(header) if value]

    def _facts(self, header: str) -> list[str]:
        local = ((self.author["address"] if self.author else None) or "").rpartition("@")[0]
        subject = self.headers["subject"].lower()
        words = " ".join(self.text[:_FIRST_WORDS].lower().split())
        by_subject = _found(table().away_subject, subject)
        by_words = _found(table().away_words, words)
        null_sender = "<>" if any(one["address"] is None for one in self.headers["return_path"]) else ""
        return {
            ":local": [local.lower()],
            ":away-subject": [by_subject],
            ":away-words": [by_words],
            ":away": [by_subject or by_words],
            ":null-sender": [null_sender],
            ":known": [" ".join(self.options.known_signs)],
        }[header]


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _sign(head: Letterhead, sign: Sign) -> Reason | None:
    for value in head.values(sign.header):
        if sign.pattern.search(value[:2000]):
            return {"rule": "", "header": sign.header, "value": value[:200]}
    return None


def _row(head: Letterhead, row: Row) -> Reason | None:
    """The row's first sign, if all show."""
    shown = [_sign(head, sign) for sign in row.signs]
    if row.kind == "own_loop" and not _is_own(head):
        return None
    first = shown[0]
    return {**first, "rule": row.id} if first and all(shown) else None


def _is_own(head: Letterhead) -> bool:
    """The marker names the house that sent it. Who does not know its own name believes every marker."""
    hosts = [host.lower() for host in head.options.own_hosts]
    return not hosts or any(host in value for host in hosts for value in head.values("x-valtti-loop"))


def _own_id(head: Letterhead) -> Reason | None:
    """A letter whose own id is of our making came back."""
    identifier = head.headers["message_id"]
    host = identifier.rpartition("@")[2].lower()
    if host in [one.lower() for one in head.options.own_hosts] and token_of_id(identifier):
        return {"rule": "A-own-id", "header": "message-id", "value": identifier[:200]}
    return None


def _by_report(head: Letterhead) -> tuple[Kind, Reason] | None:
    if head.report is None:
        return None
    rule = "A-report" if head.report["recipients"] or head.report["kind"] == "receipt" else "A-report-empty"
    return head.report["kind"], {"rule": rule, "header": "content-type", "value": head.report["kind"]}


def classify(head: Letterhead) -> tuple[Kind, list[Reason]]:
    """The one kind of a letter, and every row that matched."""
    found: list[tuple[str, Reason]] = []
    if own := _own_id(head):
        found.append(("own_loop", own))
    if told := _by_report(head):
        found.append(told)
    found += [(row.kind, reason) for row in table().rows if (reason := _row(head, row))]
    reasons = [reason for _, reason in found]
    kinds = {kind for kind, _ in found}
    for kind in table().order:
        if kind in kinds:
            return kind, reasons  # type: ignore[return-value]
    weak = sum(kind == "weak" for kind, _ in found)
    return ("unsure" if weak >= 2 else "person"), reasons


def is_automatic(kind: Kind) -> bool:
    """True for all but a person and what a person must look at."""
    return kind not in _PERSONAL


def may_answer(kind: Kind, head: Letterhead) -> bool:
    """Whether anything automatic may be sent back."""
    has_sender = head.author is not None and not head.values(":null-sender")
    return kind == "person" and has_sender
