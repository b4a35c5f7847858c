"""URL names: they exist, and nobody names one of a higher room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType
from django.test import SimpleTestCase
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import calls, floors, literal, may_know, room_of, shown, sources, templates

FUNCTIONS = ("reverse", "reverse_lazy", "redirect", "resolve_url")


def url_names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Every URL name of the site map, with its namespace."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name
        elif isinstance(entry, URLResolver):
            yield from url_names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def _used_in_templates() -> Iterator[tuple[Path, str]]:
    for path in templates():
        for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
            parts = token.split_contents() if token.token_type == TokenType.BLOCK else []
            if parts[:1] == ["url"] and parts[1][:1] in "\"'":
                yield path, parts[1].strip("\"'")


def _used_in_python() -> Iterator[tuple[Path, str]]:
    for path in sources():
        for call in calls(path, *FUNCTIONS):
            name = literal(_named(call))
            if name and "/" not in name:
                yield path, name


def _named(call: ast.Call) -> ast.AST | None:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    return call.args[0] if call.args else named.get("viewname")


class UrlNameTests(SimpleTestCase):
    def test_every_name_in_use_exists(self) -> None:
        known = set(url_names())
        missing = sorted({f"{shown(path)}: {name}" for path, name in self._used() if name not in known})
        self.assertEqual(missing, [])

    def test_nobody_links_to_a_page_of_a_higher_room(self) -> None:
        high = [f"{shown(path)}: {name}" for path, name in self._used() if not _may_link(path, name)]
        self.assertEqual(high, [], "A page above hangs itself here: ui.panels.hang() or ui.links.hang().")

    def test_a_room_s_names_carry_the_room_s_name(self) -> None:
        spaces = {name.split(":")[0] for name in url_names() if ":" in name}
        self.assertLessEqual(spaces, set(floors()))

    def _used(self) -> list[tuple[Path, str]]:
        return [*_used_in_templates(), *_used_in_python()]


def _may_link(path: Path, name: str) -> bool:
    space = name.split(":")[0] if ":" in name else ""
    return space not in floors() or may_know(room_of(path), space)
