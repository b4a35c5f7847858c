"""What is handed on: no address of a package registry, no path of somebody's machine, no key."""

from __future__ import annotations

import re

from django.test import SimpleTestCase

from tests.architecture.house import shown, tracked
from tests.architecture.lists import FROM_ELSEWHERE, named

# Written in two halves, so that this file does not find itself.
FOREIGN = {
    "a package registry": "|".join(
        first + second
        for first, second in (
            (r"pypi\.", r"org"),
            (r"pythonhosted\.", r"org"),
            (r"npmjs\.", r"(org|com)"),
            (r"yarnpkg\.", r"com"),
            (r"deb\.debian\.", r"org"),
            (r"index-", r"url\s*[=:]\s*\S"),
            (r"find-", r"links\s*[=:]\s*\S"),
        )
    ),
    "a path of one machine": r"(?<![\w/.])/(ro"
    + r"ot|ho"
    + r"me/[a-z]+|Us"
    + r"ers/\w+|wo"
    + r"rk|o"
    + r"pt)/[\w.-]+/",
    "a private key": r"BEGIN [A-Z ]*PRIVATE" + r" KEY",
    "an access token": r"\b(gh[pousr]_\w{30,}|github_"
    + r"pat_\w{30,}|AKIA[0-9A-Z]{16}|xox[abp]-\w{10,}|sk-[A-Za-z0-9]{32,})",
    "a password in an address": r"\b(https?|postgres(ql)?|imaps?|smtps?)://[^\s/:@\"'`{}<]+:(?!password@|secret@|word@)[^\s/:@\"'`{}<]+@",
}
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".gz", ".zip", ".pdf", ".eml", ".mo"}


class RepositoryTests(SimpleTestCase):
    def test_nothing_names_a_foreign_place_or_holds_a_key(self) -> None:
        found = []
        for path in (path for path in tracked() if not shown(path).startswith(tuple(named(FROM_ELSEWHERE)))):
            text = "" if path.suffix in BINARY else path.read_text(encoding="utf-8", errors="replace")
            for what, pattern in FOREIGN.items():
                found += [f"{shown(path)}: {what}: {match.group(0)}" for match in re.finditer(pattern, text)]
        self.assertEqual(found, [])

    def test_no_built_or_local_file_is_handed_on(self) -> None:
        local = {".mo", ".pyc", ".sqlite3", ".log", ".key"}
        self.assertEqual([shown(path) for path in tracked() if path.suffix in local], [])

    def test_nothing_is_left_for_later(self) -> None:
        later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b(?!.*#\d)")
        code = [path for path in tracked() if path.suffix in {".py", ".html", ".js", ".css", ".toml", ".sh"}]
        left = [shown(path) for path in code if later.search(path.read_text(encoding="utf-8"))]
        self.assertEqual(left, [], "Do it, or take it out.")
