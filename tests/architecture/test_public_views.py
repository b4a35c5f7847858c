"""The door: what is open without a login is on a list, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.test import TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from valtti.project.public import PUBLIC

METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
TRIED = ("1", "a", "00000000-0000-0000-0000-000000000000", "2026-11-25")


def _pages(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every page of the site map: its full name and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from _pages(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or '(no name) ' + str(entry.pattern)}", entry.callback


def _address(name: str) -> str | None:
    """Some address of a page, whatever kind of thing its parts are."""
    for filler in TRIED:
        for count in range(5):
            try:
                return reverse(name, args=[filler] * count)
            except NoReverseMatch:
                continue
    return None


class PublicViewTests(TestCase):
    def test_every_page_has_a_name(self) -> None:
        self.assertEqual([name for name, _ in _pages() if "(no name)" in name], [])

    def test_what_is_open_is_on_the_list_and_what_is_on_the_list_is_open(self) -> None:
        is_open = {name for name, view in _pages() if not getattr(view, "login_required", True)}
        self.assertEqual(is_open, set(PUBLIC), "Keep valtti/project/public.py equal to @login_not_required.")

    def test_a_visitor_without_login_is_sent_to_it(self) -> None:
        for name in {name for name, _ in _pages()} - set(PUBLIC):
            address = _address(name)
            self.assertIsNotNone(address, f"no address could be made for {name}")
            for method in METHODS:
                with self.subTest(name=name, method=method):
                    self._is_kept_out(getattr(self.client, method)(address))

    def _is_kept_out(self, response: Any) -> None:
        self.assertIn(response.status_code, {302, 401})
        if response.status_code == 302:
            self.assertTrue(re.match(r"/[\w/]*login/\?next=", response["Location"]), response["Location"])
