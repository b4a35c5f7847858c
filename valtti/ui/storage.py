"""Collected files: style sheets and small scripts joined in the order of their lists, compressed, named by content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

type Paths = dict[str, tuple[Any, str]]

SHEET, SCRIPT = "ui/css/valtti.css", "ui/js/valtti.js"


def bare_sheet(css: str) -> str:
    """Without comments and idle spaces."""
    css = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(": ", ":").replace(";}", "}").strip()


def bare_script(js: str) -> str:
    """A script without lines of comment, in a block of its own: its names are nobody else's."""
    return "{\n" + re.sub(r"^\s*//.*\n", "", js, flags=re.M) + "}\n"


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """In development the lists load their files one by one; when collecting, each list becomes the files it names."""

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self._join(paths, SHEET, r"@import url\((.*?)\)", bare_sheet)
            self._join(paths, SCRIPT, r'import "\./(.*?)"', bare_script)
        yield from super().post_process(paths, dry_run, **options)

    def _join(self, paths: Paths, listing: str, pattern: str, bare: Callable[[str], str]) -> None:
        names = re.findall(pattern, _text(paths, listing))
        joined = "".join(bare(_text(paths, str(Path(listing).with_name(name)))) for name in names)
        Path(self.path(listing)).write_text(joined, "utf-8")
        paths[listing] = (self, listing)


def _text(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    return Path(storage.path(path)).read_text("utf-8")
