"""Who hears what: hints by team, case and person, and never of closed cases."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.test import SimpleTestCase

from valtti.core.live import hints
from valtti.core.live.hints import Hint, hints_of
from valtti.core.models import Event


def told(kind: str = "case.opened", team_id: int | None = 3, **facts: Any) -> Event:
    return Event(pk=9, xid=4, kind=kind, team_id=team_id, subject_kind="desk.case", subject_id=1, facts=facts)


def hint(*rows: Event) -> Hint:
    return hints_of(rows)[0]


class HintTests(SimpleTestCase):
    def setUp(self) -> None:
        super().setUp()
        before = list(hints._closed)
        self.addCleanup(lambda: hints._closed.__setitem__(slice(None), before))
        hints._closed[:] = [self.closed]

    def closed(self, cases: Collection[int]) -> set[int]:
        return {66} & set(cases)

    def test_a_colleague_of_the_team_hears_that_the_case_moved(self) -> None:
        self.assertEqual(hint(told(case_id=42)).subjects_for({"team:3", "user:5"}), ["team:3", "case:42"])

    def test_a_colleague_of_another_team_hears_nothing(self) -> None:
        self.assertEqual(hint(told(case_id=42)).subjects_for({"team:4", "user:5"}), [])
        self.assertEqual(hint(told(case_id=42)).text_for({"team:4", "user:5"}), "")

    def test_whoever_looks_at_the_case_hears_it_without_being_of_the_team(self) -> None:
        self.assertEqual(hint(told(case_id=42)).subjects_for({"team:4", "case:42"}), ["case:42"])

    def test_of_a_closed_case_only_those_let_in_hear(self) -> None:
        closed = hint(told(case_id=66, user_id=5))

        self.assertEqual(closed.subjects_for({"team:3"}), [])
        self.assertEqual(closed.subjects_for({"team:3", "case:66"}), ["case:66"])
        self.assertEqual(closed.subjects_for({"user:5"}), ["user:5"])

    def test_a_hint_says_that_something_moved_and_nothing_of_what(self) -> None:
        text = hint(told(case_id=42, subject="Katja's kettle", address="katja@posti.example")).text_for({"case:42"})

        identity, data = text.strip().split("\n")
        self.assertEqual(identity, "id: 4.9")
        self.assertEqual(json.loads(data.removeprefix("data: ")), {"kind": "case.opened", "subject": "case:42"})

    def test_an_ended_login_is_known_from_its_news_alone(self) -> None:
        self.assertEqual(hint(told("session.ended", None, session_id=77, user_id=5)).ended_login, 77)
        self.assertIsNone(hint(told("case.opened", session_id=77)).ended_login)

    def test_news_about_no_case_ask_nobody(self) -> None:
        def never(cases: Collection[int]) -> set[int]:
            raise AssertionError("nothing to ask")

        hints._closed[:] = [never]
        self.assertEqual(hint(told()).topics, ("team:3",))
