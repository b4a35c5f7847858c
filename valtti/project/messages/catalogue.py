"""The catalogues `locale/<language>/LC_MESSAGES/django.po`: brought in step with the source, and their faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from valtti.project.messages.sources import Words

PLURALS = {
    "fi": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
_WIDTH = 110


def read(path: Path) -> polib.POFile:
    """The catalogue in a file, or an empty one when there is none yet."""
    return polib.pofile(str(path), wrapwidth=_WIDTH) if path.exists() else polib.POFile(wrapwidth=_WIDTH)


def in_step(old: polib.POFile, words: dict[Words, list[str]], language: str) -> polib.POFile:
    """A catalogue of exactly these words, in alphabetical order, with the translations that there were."""
    new = polib.POFile(wrapwidth=_WIDTH)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    known = {_words(entry): entry for entry in old if not entry.obsolete}
    for item in sorted(words, key=lambda item: (item.text.casefold(), item.text, item.context or "")):
        new.append(_entry(item, known.get(item), words[item], language))
    return new


def faults(catalogue: polib.POFile, words: dict[Words, list[str]], language: str) -> Iterator[str]:
    """Each hole, leftover or slip of a catalogue in a sentence."""
    entries = {_words(entry): entry for entry in catalogue if not entry.obsolete}
    for item in sorted(set(words) - set(entries), key=lambda item: item.text):
        yield f"{language}: not in the catalogue: {item.text!r} ({', '.join(words[item])})"
    for item, entry in entries.items():
        if item not in words:
            yield f"{language}: nobody says it any more: {item.text!r}"
        elif fault := _fault(entry, language):
            yield f"{language}: {fault}: {item.text!r}"


def _fault(entry: polib.POEntry, language: str) -> str | None:
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    wanted = int(PLURALS[language].split(";")[0].split("=")[1]) if entry.msgid_plural else 1
    if entry.fuzzy:
        return "fuzzy"
    if len(forms) != wanted or not all(forms):
        return "not translated"
    allowed = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for form in forms:
        # A form for one may leave the number out; nothing may be added.
        if not _placeholders(form) <= allowed or (not entry.msgid_plural and _placeholders(form) != allowed):
            return "placeholders differ"
    return None


def _placeholders(text: str) -> set[str]:
    return {percent or brace for percent, brace in _PLACEHOLDER.findall(text or "")}


def _words(entry: polib.POEntry) -> Words:
    return Words(text=entry.msgid, context=entry.msgctxt, plural=entry.msgid_plural or None)


def _entry(item: Words, old: polib.POEntry | None, files: list[str], language: str) -> polib.POEntry:
    count = int(PLURALS[language].split(";")[0].split("=")[1])
    entry = polib.POEntry(
        msgid=item.text,
        msgctxt=item.context,
        msgid_plural=item.plural or "",
        msgstr=old.msgstr if old else "",
        occurrences=[(file, "") for file in files],
        flags=["python-format"] if "%(" in item.text else [],
    )
    if item.plural:
        kept = old.msgstr_plural if old else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in range(count)}
    if old:
        entry.tcomment = old.tcomment
    return entry
