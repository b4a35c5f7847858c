"""What is kept so that it can be found: one entry for each row that a room hands in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from valtti.core import caps, languages, lemmas, search_text
from valtti.core.models import SearchEntry
from valtti.core.schedule import every
from valtti.core.tasks import task


def index_entry(
    *,
    subject_kind: str,
    subject_id: int,
    at: datetime,
    title: str = "",
    text: str = "",
    language: str = "",
    reference: str = "",
    case_id: int | None = None,
    customer_id: int | None = None,
    team_id: int | None = None,
    restricted: bool = False,
    channel: str = "",
    state: str = "",
) -> SearchEntry:
    """Make one row of a room findable, or bring up to date how it is found.

    `reference` is its own number. Without a language Russian is still known by its letters, other words stand
    as they are written.
    """
    entry = SearchEntry(subject_kind=subject_kind, subject_id=subject_id, at=at, case_id=case_id)
    entry.customer_id, entry.team_id, entry.restricted = customer_id, team_id, restricted
    entry.channel, entry.state = channel, state
    entry.language = language.partition("-")[0] or languages.is_cyrillic(text)
    entry.title, entry.text = f"{reference} {title}".strip(), text[: caps.SEARCH_TEXT_LENGTH]
    _tokenise(entry)
    values = {field.name: getattr(entry, field.name) for field in SearchEntry._meta.fields if not field.primary_key}
    kept, _new = SearchEntry.objects.update_or_create(subject_kind=subject_kind, subject_id=subject_id, defaults=values)
    return kept


def update_case(case_id: int, **columns: Any) -> None:
    """All entries of a case after it changed hands: team_id, restricted, state or customer_id."""
    unknown = set(columns) - {"team_id", "restricted", "state", "customer_id"}
    assert not unknown, f"not a column of a case's entries: {unknown}"
    SearchEntry.objects.filter(case_id=case_id).update(**columns)


def remove(subject_kind: str, *subject_ids: int) -> None:
    """These rows are found no more."""
    SearchEntry.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids).delete()


def refresh(limit: int = 200) -> int:
    """Make entries again that another normaliser made; how many. For a worker, until it says 0."""
    current = search_text.version(the_lemmatiser())
    stale = list(SearchEntry.objects.exclude(normaliser_version=current).order_by("pk")[:limit])
    for entry in stale:
        _tokenise(entry)
    SearchEntry.objects.bulk_update(stale, ["exact", "lemmas", "grams", "normaliser_version"], batch_size=100)
    return len(stale)


def the_lemmatiser() -> lemmas.Lemmatise | None:
    """The house's dictionary forms; None until a worker has built them."""
    return lemmas.lemmatiser(lemmas.folder_of(settings.CACHE_FOLDER))


def _tokenise(entry: SearchEntry) -> None:
    lemmatise = the_lemmatiser()
    reference = entry.title.partition(" ")[0]
    made = search_text.tokens(entry.title, entry.text, entry.language, lemmatise, reference)
    entry.exact, entry.lemmas, entry.grams = made.exact, made.lemmas, made.grams
    entry.normaliser_version = search_text.version(lemmatise)


@every(hours=1)
@task(queue_name="heavy")
def prepare_search() -> int:
    """Build the dictionary forms if they are not there, then make entries again that were made without them."""
    lemmas.build_cache(lemmas.folder_of(settings.CACHE_FOLDER))
    return sum(iter(refresh, 0))
