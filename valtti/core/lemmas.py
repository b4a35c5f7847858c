"""Dictionary forms of words, from a cache that a worker builds once and everybody else only opens (pure)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("fi", "ru", "en", "sv")

type Lemmatise = Callable[[str, str], str]
type Progress = Callable[[str], None]


def folder_of(cache: Path) -> Path:
    """Where the forms lie: a folder per version of the dictionaries, so that a newer one is built beside it."""
    return cache / "lemmas" / version()


@lru_cache
def version() -> str:
    """The version of the dictionaries."""
    from importlib.metadata import version as installed  # here, not above: it walks the installed packages

    return installed("simplemma")


def is_built(folder: Path) -> bool:
    """All languages are there."""
    return all((folder / f"{language}.dic").is_file() for language in LANGUAGES)


def lemmatiser(folder: Path) -> Lemmatise | None:
    """lemmatise(word, language), or None as long as the cache is not built. Never builds."""
    return _opened(folder) if is_built(folder) else None


def build_cache(folder: Path, progress: Progress = lambda language: None) -> bool:
    """Build what is missing, one builder at a time; False when another is at it. Half a minute, once."""
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder / "build.lock") as alone:
        for language in LANGUAGES if alone else ():
            progress(language)
            _build(folder, language)
    return alone


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Lemmatise:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

    class OpenOnly(TrieDictionaryFactory):
        """A damaged or missing file is an error here, not a reason to compute for half a minute."""

        def _build_trie(self, lang: str) -> Any:
            raise FileNotFoundError(folder / f"{lang}.dic")

    strategy = DefaultStrategy(greedy=False, dictionary_factory=OpenOnly(disk_cache_dir=str(folder)))
    known = Lemmatizer(lemmatization_strategy=strategy)
    return lambda word, language: known.lemmatize(word, language)


def _build(folder: Path, language: str) -> None:
    from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

    whole, half = folder / f"{language}.dic", folder / f"{language}.{os.getpid()}.half"
    if not whole.exists():
        TrieDictionaryFactory(use_disk_cache=False)._build_trie(language).save(str(half))
        half.replace(whole)


@contextmanager
def _only_one(path: Path) -> Iterator[bool]:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
