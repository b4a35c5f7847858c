"""One search over everything the rooms hand in, with permission inside the same statement as the match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Replace

from valtti.core import caps, permissions, references, search_match, search_query, search_text
from valtti.core.db.search import Matching
from valtti.core.models import SearchEntry
from valtti.core.numbers import row_number
from valtti.core.search_excerpt import Piece, excerpt
from valtti.core.search_index import index_entry, prepare_search, refresh, remove, the_lemmatiser, update_case
from valtti.core.search_match import Anywhere, Asked, Either
from valtti.core.search_order import ordered
from valtti.core.search_query import Filter, Hint

__all__ = [
    "Hint",
    "Hit",
    "Piece",
    "Results",
    "index_entry",
    "operator",
    "prepare_search",
    "refresh",
    "register",
    "remove",
    "search",
    "update_case",
]

type Load = Callable[[list[int]], Mapping[int, Any]]
type Visible = Callable[[Any], QuerySet[Any]]
type Where = Callable[[str, Any], Q | None]

RIGHT = "cases.read"
FEW = 10
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Kind(NamedTuple):
    """How a room shows what was found, and who may see a row that its team alone does not open."""

    load: Load
    visible: Visible | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its entry, the row as its room loaded it, and the place in its text."""

    entry: SearchEntry
    row: Any
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. `count` stops at the cap, and `many` says that there are more than that."""

    hits: list[Hit]
    count: int
    hints: tuple[Hint, ...] = ()
    many: bool = False


_kinds: dict[str, Kind] = {}
_operators: dict[str, Where] = {}


def register(kind: str, *, load: Load, visible: Visible | None = None) -> None:
    """Let a kind of row be found. `load` gives rows by id; `visible` gives the rows a user may see.

    Entries with a team are open to that team; restricted ones and those without a team only through `visible`.
    """
    _kinds[kind] = Kind(load, visible)


def operator(name: str, where: Where) -> None:
    """Let people write name:value. `where(value, user)` is a condition on entries, or None for no such value."""
    _operators[name] = where


def search(*, user: Any, text: str, newest_first: bool = False, start: int = 0, limit: int = caps.PAGE_ROWS) -> Results:
    """What the user may see and the text asks for; words inside other words too when there is little else."""
    query = search_query.parse(search_text.phones_joined(text[: 2 * caps.SEARCH_LENGTH].replace("\0", " ")), _operators)
    lemmatise = the_lemmatiser()
    terms = search_match.worked_out((term for term in query.terms if not term.negated), lemmatise)
    without = search_match.worked_out((term for term in query.terms if term.negated), lemmatise)
    filters, hints = _filters(query.filters, user)
    if not terms and not filters:
        return Results([], 0, (*query.hints, *hints))
    words = bool(terms)
    may_be = _entries(words).filter(_allowed(user), *filters, *(~_holds([term]) for term in without))
    found, count = _found(may_be, terms)
    page = ordered(found, terms, text, newest_first=newest_first)[start : start + limit]
    hits = _loaded(page, terms)
    return Results(hits, min(count, caps.SEARCH_COUNT), (*query.hints, *hints), count > caps.SEARCH_COUNT)


def _found(may_be: QuerySet[SearchEntry], terms: list[Asked]) -> tuple[QuerySet[SearchEntry], int]:
    found = may_be.filter(_holds(terms)) if terms else may_be
    count = _count(found)
    if count < FEW and any(term.parts and not term.is_part for term in terms):
        found = may_be.filter(_holds(terms, inside=True))
        count = _count(found)
    return found, count


def _entries(by_words: bool) -> QuerySet[SearchEntry]:
    """Entries with the names under which they are filtered.

    Where words are asked for, their index is to lead: kind and team then stand inside a function, or SQLite would
    rather walk through all entries of a kind.
    """
    bare: Any = F("exact")
    for sign, plain in (("å", "a"), ("ä", "a"), ("ö", "o"), ("й", "и")):
        bare = Replace(bare, Value(sign), Value(plain), output_field=TextField())
    kind: Any = Coalesce("subject_kind", Value("")) if by_words else F("subject_kind")
    team: Any = Coalesce("team_id", Value(0)) if by_words else F("team_id")
    return SearchEntry.objects.alias(folded_words=bare, of_kind=kind, of_team=team)


def _allowed(user: Any) -> Q:
    """Of the user's teams and not restricted; or opened by the rule of its own room."""
    allowed = Q(of_team__in=permissions.teams_with(user, RIGHT), restricted=False)
    for name, kind in _kinds.items():
        if kind.visible:
            rows = kind.visible(user).filter(pk=OuterRef("subject_id"))
            allowed |= Q(Q(team_id=None) | Q(restricted=True), Exists(rows), of_kind=name)
    return Q(of_kind__in=list(_kinds)) & allowed


def _filters(asked: Iterable[Filter], user: Any) -> tuple[list[Q], list[Hint]]:
    made, hints = [], []
    for one in asked:
        where = _operators[one.name](one.value, user)
        if where is None:
            hints.append(Hint("unknown_value", f"{one.name}:{one.value}"))
        else:
            made.append(~where if one.negated else where)
    return made, hints


def _holds(terms: Sequence[Asked], *, inside: bool = False) -> Q:
    """All terms hold; `inside` also where they are only a part of a word."""
    ways = [_ways(term, inside) for term in terms]
    return Q(Matching(tuple(ways)), *(_stands(term) for term in terms if term.is_part or (inside and term.parts)))


def _ways(term: Asked, inside: bool) -> Either:
    if term.is_part and term.parts:
        return term.parts
    return term.in_any_form + (term.parts or ()) if inside else term.in_any_form


def _stands(term: Asked) -> Q:
    """The parts that the index found stand together in one word."""
    if term.is_part:
        return Q(folded_words__contains=term.part(anywhere=False)) if term.parts else Q()
    return Q(Matching((term.in_any_form,))) | Q(folded_words__contains=term.part(anywhere=True))


def _count(found: QuerySet[SearchEntry]) -> int:
    return found[: caps.SEARCH_COUNT + 1].count()


def _loaded(page: QuerySet[SearchEntry], terms: list[Asked]) -> list[Hit]:
    """The rows of a page, one load for each kind; an entry whose row is gone is left out."""
    entries = list(page)
    lemmatise = the_lemmatiser()
    rows: dict[tuple[str, int], Any] = {}
    for kind in {entry.subject_kind for entry in entries}:
        ids = [entry.subject_id for entry in entries if entry.subject_kind == kind]
        rows |= {(kind, key): row for key, row in _kinds[kind].load(ids).items()}
    return [
        Hit(entry, rows[key], excerpt(entry.text, terms, entry.language, lemmatise))
        for entry in entries
        if (key := (entry.subject_kind, entry.subject_id)) in rows
    ]


def _on_day(column: str) -> Where:
    """before: and after: a day, in the house's time zone; after includes the day itself."""

    def where(value: str, _user: Any) -> Q | None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return None
        return Q((column, datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))))

    return where


def _of_reference(value: str, _user: Any) -> Q | None:
    number = row_number(value)
    if number is None:
        number = references.number_of(value)
    return None if number is None else Q(Matching(((Anywhere(f"xr{number}"),),)))


operator("before", _on_day("at__lt"))
operator("after", _on_day("at__gte"))
operator("ref", _of_reference)
operator("channel", lambda value, _user: Q(channel=value.lower()) if value else None)
