"""A search as people type it, taken apart: words, phrases, parts, operators (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from valtti.core import caps

_PIECE = re.compile(r'(-?)(?:([^\W\d_]+):(?!//))?(?:"([^"]*)"?|([^\s"]*))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found: next to each other in a phrase. Open ends match longer words too."""

    text: str
    phrase: bool = False
    negated: bool = False
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """name:value"""

    name: str
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """What the search did not take as it was typed. `code`: unknown_operator, unknown_value, too_long."""

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Query:
    """Everything asked for at once: all terms and all filters hold."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    hints: tuple[Hint, ...] = ()


def parse(text: str, operators: Collection[str]) -> Query:
    """Anything can be typed: what is no operator is a word, with a hint."""
    terms: list[Term] = []
    filters: list[Filter] = []
    hints = [Hint("too_long", "")] if len(text) > caps.SEARCH_LENGTH else []
    for minus, name, quoted, bare in _PIECE.findall(text[: caps.SEARCH_LENGTH]):
        value = quoted or bare
        if name.lower() in operators:
            filters.append(Filter(name.lower(), value.strip(), bool(minus)))
            continue
        if name:
            hints.append(Hint("unknown_operator", name))
        if any(map(str.isalnum, name + value)):
            terms.append(_term(f"{name} {value}" if name else value, bool(quoted), bool(minus)))
    if len(terms) + len(filters) > caps.SEARCH_TERMS:
        hints.append(Hint("too_long", ""))
    room = max(0, caps.SEARCH_TERMS - len(filters))
    return Query(tuple(terms[:room]), tuple(filters[: caps.SEARCH_TERMS]), tuple(dict.fromkeys(hints)))


def _term(text: str, phrase: bool, negated: bool) -> Term:
    if phrase:
        return Term(text, phrase=True, negated=negated)
    return Term(text.strip("*"), False, negated, text.startswith("*"), text.endswith("*"))
