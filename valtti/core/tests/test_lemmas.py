from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path
from unittest import TestCase

from valtti.core import lemmas
from valtti.core.tests import dictionaries


class FormTests(TestCase):
    """Forms as the dictionaries of simplemma give them, looked over by eye."""

    def test_words_of_a_service_desk(self) -> None:
        lemmatise = dictionaries.built()
        for word, language, form in [
            ("laskutuksesta", "fi", "laskutus"),
            ("laskun", "fi", "lasku"),
            ("vedenkeittimen", "fi", "vedenkeitin"),
            ("asiakkaalle", "fi", "asiakas"),
            ("чайника", "ru", "чайник"),
            ("доставку", "ru", "доставка"),
            ("invoices", "en", "invoice"),
            ("fakturan", "sv", "faktura"),
        ]:
            with self.subTest(word=word):
                self.assertEqual(lemmatise(word, language), form)


class CacheTests(TestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "lemmas"

    def test_who_only_opens_never_builds(self) -> None:
        self.assertIsNone(lemmas.lemmatiser(self.folder))
        self.assertFalse(self.folder.exists())

    def test_a_damaged_file_is_an_error_and_not_half_a_minute_of_work(self) -> None:
        self.folder.mkdir()
        for language in lemmas.LANGUAGES:
            (self.folder / f"{language}.dic").write_bytes(b"not a dictionary")
        lemmatise = lemmas.lemmatiser(self.folder)
        assert lemmatise is not None
        with self.assertRaises(FileNotFoundError):
            lemmatise("laskun", "fi")
        self.assertIsNone(lemmas.lemmatiser(self.folder), "the damaged file is gone, a worker builds it again")

    def test_there_is_one_builder_at_a_time(self) -> None:
        self.folder.mkdir()
        with (self.folder / "build.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertFalse(lemmas.build_cache(self.folder))

    def test_what_is_built_is_not_built_again(self) -> None:
        dictionaries.built()
        folder = lemmas.folder_of(dictionaries.CACHE)
        before = {path: path.stat().st_mtime_ns for path in folder.glob("*.dic")}
        self.assertTrue(lemmas.build_cache(folder))
        self.assertEqual({path: path.stat().st_mtime_ns for path in folder.glob("*.dic")}, before)

    def test_a_missing_language_is_built_whole_or_not_at_all(self) -> None:
        dictionaries.built()
        self.folder.mkdir()
        for path in lemmas.folder_of(dictionaries.CACHE).glob("*.dic"):
            if path.stem != "en":
                (self.folder / path.name).symlink_to(path)
        told: list[str] = []

        self.assertTrue(lemmas.build_cache(self.folder, told.append))

        self.assertEqual(told, list(lemmas.LANGUAGES))
        self.assertEqual([path.name for path in self.folder.glob("*.half")], [])
        lemmatise = lemmas.lemmatiser(self.folder)
        assert lemmatise is not None
        self.assertEqual(lemmatise("invoices", "en"), "invoice")
