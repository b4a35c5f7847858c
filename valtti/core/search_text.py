"""From text to the tokens of the search index, alike for what is kept and for what is asked (pure)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from valtti.core import caps, lemmas, references
from valtti.core.languages import is_cyrillic

RULES = 1
REGIONS = ("FI", "RU")
TITLE_END = "x0x"
LONGEST_WORD = 64

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\W_][\w.-]{0,250}")
_PHONE = re.compile(r"(?<![\w+-])(?:\+|\(|0|8)[\d ()./-]{5,20}\d(?!\w)")
_KEPT = frozenset("åäöй")
_FOLDED = str.maketrans("åäöй", "aaoи")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the index keeps of one row: words in order, dictionary forms with the title's words, parts of words."""

    exact: str
    lemmas: str
    grams: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word that is asked for: as typed, and the dictionary forms it may have in any language."""

    surface: str
    forms: frozenset[str] = frozenset()


def version(lemmatise: lemmas.Lemmatise | None) -> str:
    """What made an entry; entries made by something else are to be made again."""
    return f"{RULES}/{lemmas.version() if lemmatise else '-'}"


def tokens(title: str, text: str, language: str, lemmatise: lemmas.Lemmatise | None, reference: str = "") -> Tokens:
    """The tokens of one row. Without a lemmatiser the words stand only as they are written."""
    text = text[: caps.SEARCH_TEXT_LENGTH]
    head, body = list(_words(title)), list(_words(text))
    whole = f"{title} {text}"
    special = dict.fromkeys([*_own(reference), *_references(whole), *_phones(whole), *_addresses(whole)])
    other = {form for word in {*head, *body} for form in forms(word, [language], lemmatise)}
    in_title = {f"xt{plain(word)}" for word in head} | {
        f"xt{form}" for word in head for form in forms(word, [language], lemmatise)
    }
    exact = [*map(plain, head), TITLE_END, *map(plain, body), *special]
    return Tokens(_line(exact), _line(sorted(other | in_title)), _line(sorted(grams_of_all(exact))))


def asked(text: str, lemmatise: lemmas.Lemmatise | None) -> list[Word]:
    """The words of one term of a search: a number, reference or address is one word."""
    for special in (_references(text), _addresses(text), _phones(text)):
        if found := list(special):
            return [Word(found[0])]
    return [Word(plain(word), frozenset(forms(word, _likely(word), lemmatise))) for word in _words(text)]


def phones_joined(text: str) -> str:
    """A search with its phone numbers as one word each, however they are spaced."""
    return _PHONE.sub(lambda found: next(_phones(found[0]), found[0]), text)


def plain(word: str) -> str:
    """A casefolded word without accents, except the letters å ä ö й."""
    if word.isascii():
        return word
    return "".join(map(_without_accent, unicodedata.normalize("NFC", word)))


def folded(word: str) -> str:
    """Without any dots and rings: what a keyboard without them would type."""
    return word.translate(_FOLDED)


def grams(word: str) -> set[str]:
    """The parts of three signs of a word, folded, as tokens."""
    bare = folded(word)
    return {f"xg{bare[place : place + 3]}" for place in range(len(bare) - 2)}


def grams_of_all(words: Iterable[str]) -> set[str]:
    """The parts of all words together."""
    return {part for word in set(words) for part in grams(word)}


def own_reference(number: int) -> str:
    """The token by which a matter's own entry is found first."""
    return f"xo{number}"


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        yield found[0][:LONGEST_WORD]


@lru_cache(maxsize=2048)
def _without_accent(sign: str) -> str:
    if sign in _KEPT or sign.isascii():
        return sign
    return "".join(part for part in unicodedata.normalize("NFD", sign) if not unicodedata.combining(part))


def forms(word: str, languages: Iterable[str], lemmatise: lemmas.Lemmatise | None) -> Iterator[str]:
    """Dictionary forms that are one plain word and differ from the word itself."""
    if lemmatise is None or any(map(str.isdigit, word)):
        return
    for language in languages:
        if language in lemmas.LANGUAGES:
            form = plain(lemmatise(word, language).casefold())
            if form != plain(word) and _WORD.fullmatch(form):
                yield form


def _likely(word: str) -> tuple[str, ...]:
    """The languages a single word may be in, by its letters."""
    return ("ru",) if is_cyrillic(word) else ("fi", "en", "sv")


def _own(reference: str) -> Iterator[str]:
    number = references.number_of(reference)
    if number is not None:
        yield own_reference(number)


def _references(text: str) -> Iterator[str]:
    return (f"xr{number}" for number in references.found_in(text))


def _addresses(text: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(unicodedata.normalize("NFKC", text).casefold()):
        address = found[0].rstrip(".-")
        yield "xa" + "".join(sign if sign.isascii() and sign.isalnum() else f"x{ord(sign):x}" for sign in address)[:128]


def _phones(text: str) -> Iterator[str]:
    for number, found in enumerate(_PHONE.finditer(text)):
        known = _international(found[0]) if number < 50 else None
        if known:
            yield f"xp{known}"


def _international(written: str) -> str | None:
    """The digits of a number in E.164; the first region in which it is a real number decides."""
    import phonenumbers  # here, not above: 22 MB that most texts do not need

    for region in REGIONS:
        try:
            number = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return f"{number.country_code}{phonenumbers.national_significant_number(number)}"
    return None


def _line(words: Iterable[str]) -> str:
    """Tokens between spaces, with one at each end, so that the edges of words can be looked for."""
    return f" {' '.join(words)} "
