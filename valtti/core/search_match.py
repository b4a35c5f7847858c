"""What a search asks of the index, in words both databases can be told (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from valtti.core import lemmas, search_text
from valtti.core.search_query import Term
from valtti.core.search_text import Word


@dataclass(frozen=True, slots=True)
class Anywhere:
    """A token among the words as written or the dictionary forms."""

    token: str


@dataclass(frozen=True, slots=True)
class Written:
    """Tokens among the words as written, next to each other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of a word as written."""

    stem: str


@dataclass(frozen=True, slots=True)
class Parts:
    """All these parts, in any word; whether they stand together is looked at afterwards."""

    grams: tuple[str, ...]


type Option = Anywhere | Written | Beginning | Parts
type Either = tuple[Option, ...]
type Wanted = tuple[Either, ...]
"""All of these, each in one of its ways."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One term, worked out. `part` is what to look for inside words, with a space where a word must end."""

    words: tuple[Word, ...]
    phrase: bool
    open_start: bool
    open_end: bool

    @property
    def is_part(self) -> bool:
        return len(self.words) == 1 and (self.open_start or self.open_end)

    @property
    def as_written(self) -> Either:
        return (Written(tuple(word.surface for word in self.words)),)

    @property
    def in_any_form(self) -> Either:
        """As written, or in another form of the word; phrases and groups only as written."""
        if self.phrase or len(self.words) > 1:
            return self.as_written
        (word,) = self.words
        return tuple(Anywhere(token) for token in (word.surface, *sorted(word.forms)))

    @property
    def in_title(self) -> Wanted:
        return tuple(
            tuple(Anywhere(f"xt{token}") for token in (word.surface, *sorted(word.forms))) for word in self.words
        )

    @property
    def parts(self) -> Either | None:
        """As part of a word: None where there is too little to look for."""
        if self.phrase or len(self.words) > 1:
            return None
        surface = self.words[0].surface
        if len(surface) >= 3:
            return (Parts(tuple(sorted(search_text.grams(surface)))),)
        return (Beginning(surface),) if self.open_end and not self.open_start else None

    def part(self, *, anywhere: bool) -> str:
        """What must stand in the folded line of words."""
        bare = search_text.folded(self.words[0].surface)
        start = "" if anywhere or self.open_start else " "
        return start + bare + ("" if anywhere or self.open_end else " ")


def worked_out(terms: Iterable[Term], lemmatise: lemmas.Lemmatise | None) -> list[Asked]:
    """The terms that have any word in them."""
    made = ((term, tuple(search_text.asked(term.text, lemmatise))) for term in terms)
    return [Asked(words, term.phrase, term.open_start, term.open_end) for term, words in made if words]
