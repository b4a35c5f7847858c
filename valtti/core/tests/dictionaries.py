"""Dictionary forms for tests: built once into the checkout's own cache, then shared by every run."""

from __future__ import annotations

import time
from pathlib import Path

from django.test import override_settings

from valtti.core import lemmas

CACHE = Path(__file__).resolve().parents[3] / "var" / "cache"
with_dictionaries = override_settings(CACHE_FOLDER=CACHE)


def built() -> lemmas.Lemmatise:
    """The lemmatiser; the first run of all waits for it, parallel ones for each other."""
    folder = lemmas.folder_of(CACHE)
    while not lemmas.is_built(folder):
        if not lemmas.build_cache(folder):
            time.sleep(0.5)
    opened = lemmas.lemmatiser(folder)
    assert opened is not None
    return opened
