"""Files of others that we hand on: unaltered, named, under a licence that lets us."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from django.test import SimpleTestCase

from tests.architecture.house import HOUSE

VENDOR = HOUSE / "ui" / "static" / "vendor"
MAY_BE_HANDED_ON = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1"}


def _packages() -> list[dict[str, Any]]:
    return list(tomllib.loads((VENDOR / "VENDOR.toml").read_text(encoding="utf-8"))["package"])


class VendoredTests(SimpleTestCase):
    def test_every_package_may_be_handed_on_and_brings_its_licence(self) -> None:
        for package in _packages():
            with self.subTest(package["name"]):
                self.assertIn(package["licence"], MAY_BE_HANDED_ON)
                self.assertGreater((VENDOR / package["licence_text"]).stat().st_size, 200)
                self.assertTrue(package["version"])

    def test_every_file_is_as_it_was_published(self) -> None:
        for file in (file for package in _packages() for file in package["files"]):
            with self.subTest(file["to"]):
                self.assertEqual(hashlib.sha256((VENDOR / file["to"]).read_bytes()).hexdigest(), file["sha256"])

    def test_no_file_lies_there_unnamed(self) -> None:
        named = {file["to"] for package in _packages() for file in package["files"]}
        licences = {package["licence_text"] for package in _packages()}
        lying = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if Path(path).is_file()}
        self.assertEqual(lying, named | licences | {"VENDOR.toml"})
