"""The place in a text that a search found, in pieces of which some are marked (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from valtti.core import lemmas, search_text
from valtti.core.search_match import Asked

BEFORE, AFTER = 60, 180
MOST_WORDS = 400

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the text; `marked` when they are what was looked for."""

    text: str
    marked: bool = False


def excerpt(text: str, terms: Sequence[Asked], language: str, lemmatise: lemmas.Lemmatise | None) -> list[Piece]:
    """About two lines round the first word found; the beginning when it is nowhere among the first words."""
    places = _places(text, terms, language, lemmatise)
    start = max(0, places[0][0] - BEFORE) if places else 0
    space = text.find(" ", start, start + 30) if start else -1
    start = space + 1 if space >= 0 else start
    end = (places[0][1] if places else start) + AFTER
    pieces, at = [Piece("… ")] if start else [], start
    for first, last in places:
        if start <= first and last <= end:
            pieces += [Piece(_flat(text[at:first])), Piece(text[first:last], marked=True)]
            at = last
    pieces.append(Piece(_flat(text[at:end]) + (" …" if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def _places(
    text: str, terms: Sequence[Asked], language: str, lemmatise: lemmas.Lemmatise | None
) -> list[tuple[int, int]]:
    wanted = {token for term in terms for word in term.words for token in (word.surface, *word.forms)}
    parts = [search_text.folded(term.words[0].surface) for term in terms if term.parts]
    found = []
    for number, word in enumerate(_WORD.finditer(text)):
        if number > MOST_WORDS:
            break
        typed = unicodedata.normalize("NFKC", word[0]).casefold()
        shown = search_text.plain(typed)
        forms = {shown, *search_text.forms(typed, [language], lemmatise)}
        if forms & wanted or any(part in search_text.folded(shown) for part in parts):
            found.append(word.span())
    return found


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text)
