"""Ground of every room's tests: told news, equal numbers of queries, waiting tasks run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, models
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from valtti.core import tasks
from valtti.core.models import Event


class EnglishClient(Client):
    """A browser that asks for English."""

    def __init__(self, *args: Any, **defaults: Any) -> None:
        super().__init__(*args, **{"HTTP_ACCEPT_LANGUAGE": "en-gb"} | defaults)


class CastTestCase(TestCase):
    """A test about people. Each room's `testing.py` stages its own rows on top of the rooms below.

    Tests read English, whatever language the house speaks: visitors ask for it, and words outside a page are in it.
    """

    client_class = EnglishClient

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(translation.override("en-gb"))

    def assertTold(self, kind: str, subject: models.Model | None = None, **facts: Any) -> Event:
        """This news was told, about this row; the last such event. `facts` are to be among the event's."""
        told = Event.objects.filter(kind=kind)
        if subject is not None:
            told = told.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        event = told.order_by("pk").last()
        if event is None:
            heard = sorted(set(Event.objects.values_list("kind", flat=True)))
            self.fail(f"{kind} was not told about {subject!r}. Told: {', '.join(heard) or 'nothing'}.")
        self.assertEqual({name: event.facts.get(name) for name in facts}, facts)
        return event

    def assertNotTold(self, kind: str, subject: models.Model | None = None) -> None:
        """This news was not told (about this row)."""
        told = Event.objects.filter(kind=kind)
        if subject is not None:
            told = told.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)
        self.assertFalse(told.exists(), f"{kind} was told")

    def assertSameQueries(self, url: str, grow: Callable[[], object]) -> None:
        """The page costs as many queries after `grow()` has added rows as before."""
        self._queries_of(url)  # what is found out once and remembered does not count
        before = self._queries_of(url)
        grow()
        after = self._queries_of(url)
        more = "\n".join(statement for statement in after if statement not in before)
        self.assertEqual(len(after), len(before), f"{url} asks more often when there are more rows:\n{more}")

    def run_tasks(self, limit: int = 1000) -> int:
        """Run every waiting task that is due, and what follows from it; the first fault fails the test."""
        return tasks.run_ready(limit, strict=True)

    def _queries_of(self, url: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return [str(query["sql"]) for query in asked.captured_queries]
