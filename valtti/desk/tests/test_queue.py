"""The queue: work order, groups, filters, counts, and who may see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.core import cast, clock
from valtti.desk.actions import assignments, closures, pauses, topics
from valtti.desk.letter import Person
from valtti.desk.models import Case, Presence
from valtti.desk.queries import Filters, next_case, queue_for
from valtti.desk.testing import MORNING, DeskTestCase
from valtti.people.testing import stage_people


class OrderTests(DeskTestCase):
    def test_promised_then_owed_then_the_customers_turn(self) -> None:
        self.promise(hours=2)
        turn = self.write(cast.PEKKA, subject="Kysyimme").case
        self.accepted(case=turn)

        queue = queue_for(self.aino)

        self.assertEqual(
            [(group.key, [row.case for row in group.rows]) for group in queue.groups],
            [("promised", [self.kettle]), ("owed", [self.invoice]), ("turn", [turn])],
        )
        self.assertEqual([group.count for group in queue.groups], [1, 1, 1])

    def test_within_a_group_by_due_then_urgency_then_waiting(self) -> None:
        self.pass_time(minutes=5)
        later = self.write(cast.PEKKA, subject="Toinen").case
        urgent = self.write(cast.PEKKA, subject="Kolmas").case
        topics.describe(case=urgent, urgency=1, by=self.aino)
        order = [row.case for row in queue_for(self.aino).rows]
        self.assertEqual(order, [self.kettle, self.invoice, urgent, later])

    def test_a_row_says_how_much_time_is_left(self) -> None:
        row = next(row for row in queue_for(self.aino).rows if row.case == self.kettle)
        self.assertEqual((row.left, row.tone, row.is_late, row.waits), ("4 h 00", "", False, True))
        self.pass_time(hours=3, minutes=20)
        row = queue_for(self.aino).rows[0]
        self.assertEqual((row.left, row.tone), ("40 min", "warn"))
        self.pass_time(hours=1)
        row = queue_for(self.aino).rows[0]
        self.assertEqual((row.left, row.tone, row.is_late), ("20 min late", "bad", True))

    def test_the_customers_turn_says_since_when_and_when_we_remind(self) -> None:
        self.accepted()
        self.pass_time(days=1)
        row = next(row for row in queue_for(self.aino).rows if row.case == self.kettle)
        self.assertEqual((row.left, row.tone), ("since Fri", "calm"))
        self.assertEqual(row.due.at.date().isoformat() if row.due else "", "2026-11-25")

    def test_waiting_for_others_is_a_group_of_its_own(self) -> None:
        self.accepted(next_step="nothing")
        pauses.wait_for(case=self.kettle, waits_for="Posti", until=MORNING + timedelta(days=2), by=self.aino)
        self.assertEqual([group.key for group in queue_for(self.aino).groups], ["owed", "third_party"])

    def test_colleagues_at_a_case_are_named(self) -> None:
        Presence.objects.create(case=self.kettle, user=self.veikko, seen_at=MORNING)
        row = next(row for row in queue_for(self.aino).rows if row.case == self.kettle)
        self.assertEqual(row.others, (self.veikko,))
        self.pass_time(seconds=41)
        self.assertEqual(queue_for(self.aino).rows[0].others, ())


class NextTests(DeskTestCase):
    def test_a_pressing_promise_comes_first_then_what_is_due_first(self) -> None:
        self.assertEqual(next_case(self.aino), self.kettle)
        self.accepted(next_step="promise", promise_text="news", promise_due=MORNING + timedelta(hours=10))
        self.assertEqual(next_case(self.aino), self.invoice)
        self.set_clock(MORNING + timedelta(hours=8, minutes=1))
        self.assertEqual(next_case(self.aino), self.kettle)

    def test_what_others_have_and_what_waits_is_left_out(self) -> None:
        self.accepted()
        assignments.assign(case=self.invoice, to=self.veikko, by=self.veikko)
        self.assertIsNone(next_case(self.aino))

    def test_the_one_just_left_is_not_next(self) -> None:
        self.assertEqual(next_case(self.aino, after=self.kettle.pk), self.invoice)

    def test_otto_has_no_next(self) -> None:
        self.assertIsNone(next_case(self.otto))


class FilterTests(DeskTestCase):
    def shown(self, **filters: object) -> list[Case]:
        return [
            row.case for row in queue_for(self.aino, Filters.from_query({k: str(v) for k, v in filters.items()})).rows
        ]

    def test_each_filter(self) -> None:
        topics.add_tag(case=self.kettle, by=self.aino, name="Rikki")
        tag = self.kettle.tag_rows.get().tag
        for filters, expected in (
            ({"who": "mine"}, [self.kettle]),
            ({"who": "nobody"}, [self.invoice]),
            ({"who": self.aino.pk}, [self.kettle]),
            ({"language": "fi"}, [self.invoice]),
            ({"channel": "phone"}, []),
            ({"team": self.south.pk}, []),
            ({"customer": self.katja.pk}, [self.kettle]),
            ({"tag": tag.pk}, [self.kettle]),
            ({"group": "owed"}, [self.kettle, self.invoice]),
            ({"group": "turn"}, []),
        ):
            with self.subTest(filters):
                self.assertEqual(self.shown(**filters), expected)

    def test_closed_ones_are_shown_on_request(self) -> None:
        closures.close_case(case=self.invoice, closed_by=self.aino, outcome="solved")
        self.assertEqual(self.shown(), [self.kettle])
        self.assertEqual(self.shown(state="closed_today"), [self.invoice])
        self.assertEqual(self.shown(state="all"), [self.kettle, self.invoice])
        self.pass_time(days=1)
        self.assertEqual(self.shown(state="closed_today"), [])
        self.assertEqual(self.shown(state="closed"), [self.invoice])

    def test_the_address_holds_the_whole_filter(self) -> None:
        filters = Filters.from_query({"who": "mine", "team": "3", "page": "2"})
        self.assertEqual(filters.query, "team=3&who=mine&page=2")
        self.assertEqual(filters.but(who="").query, "team=3")
        self.assertEqual(Filters.from_query({}).query, "")

    def test_counts(self) -> None:
        self.accepted()
        counts = queue_for(self.aino).counts
        self.assertEqual((counts.open, counts.mine, counts.nobody, counts.closed_today), (2, 1, 1, 0))
        self.assertEqual((counts.by_group["turn"], counts.by_group["owed"]), (1, 1))


class StrangerTests(DeskTestCase):
    def test_otto_and_the_administrator_see_nothing(self) -> None:
        for user in (self.otto, self.outi):
            queue = queue_for(user, Filters(state="all"))
            self.assertEqual((queue.rows, queue.total, queue.counts.open), ([], 0, 0))

    def test_nor_by_naming_a_team_or_a_person(self) -> None:
        for filters in (Filters(team=self.north.pk), Filters(who=str(self.aino.pk)), Filters(customer=self.katja.pk)):
            self.assertEqual(queue_for(self.otto, filters).total, 0)

    def test_a_coach_reads(self) -> None:
        self.assertEqual(queue_for(self.liisa).total, 2)

    def test_restricted_cases_are_for_those_on_them(self) -> None:
        Case.objects.filter(pk=self.kettle.pk).update(restricted=True)
        self.assertEqual(queue_for(self.veikko).total, 1)
        self.assertEqual(queue_for(self.aino).total, 2)


class CostTests(DeskTestCase):
    def test_the_queue_costs_the_same_for_two_and_for_twenty(self) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as asked:
                for row in queue_for(self.aino).rows:
                    str((row.case.customer, row.case.assignee, row.case.topic, row.left, row.others, row.case.team))
            return len(asked)

        before = cost()
        for number in range(18):
            self.write(Person(f"a{number}@posti.example", f"a{number}@posti.example"), subject=f"Asia {number}")
        self.assertEqual(cost(), before)


class AnyFilterTests(HypothesisTestCase):
    @settings(max_examples=60)
    @given(
        st.dictionaries(
            st.sampled_from(["state", "team", "who", "group", "tag", "page", "customer", "language", "x"]),
            st.text(max_size=50),
        )
    )
    def test_no_address_is_an_error(self, query: dict[str, str]) -> None:
        people = stage_people()
        self.assertEqual(queue_for(people.aino, Filters.from_query(query)).rows, [])


DUE = st.one_of(st.none(), st.integers(-50, 50).map(lambda hours: MORNING + timedelta(hours=hours)))
ROWS = st.lists(
    st.tuples(DUE, DUE, st.integers(1, 4), DUE, st.sampled_from(["ours", "customer", "third_party"])), max_size=12
)


class TotalOrderTests(HypothesisTestCase):
    @settings(max_examples=40)
    @given(ROWS)
    def test_any_cases_have_one_order_which_follows_the_rules(
        self, rows: list[tuple[datetime | None, datetime | None, int, datetime | None, str]]
    ) -> None:
        people = stage_people()
        for promise, due, urgency, waiting, turn in rows:
            Case.objects.create(
                team=people.north,
                title="x",
                opened_at=MORNING,
                promise_due_at=promise,
                next_due_at=min(filter(None, (promise, due)), default=None),
                urgency=urgency,
                waiting_since=waiting,
                turn=turn,
            )
        with clock.at(MORNING):
            first = [row.case for row in queue_for(people.aino).rows]
            second = [row.case for row in queue_for(people.aino).rows]
        self.assertEqual(first, second)
        self.assertEqual(first, sorted(first, key=expected))


def expected(case: Case) -> tuple[object, ...]:
    """The order of work as the design words it, in Python."""
    never = MORNING + timedelta(days=9999)
    if case.promise_due_at:
        group = 0
    elif case.waiting_since:
        group = 1
    else:
        group = {"ours": 2, "third_party": 3, "customer": 4}[case.turn]
    due = case.promise_due_at or case.next_due_at or never
    return group, due, case.urgency, case.waiting_since or never, case.opened_at, case.pk
