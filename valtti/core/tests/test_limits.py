from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import SimpleTestCase, TestCase
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyTestCase

from valtti.core import clock, limits
from valtti.core.limits import LIMITS, Allowed, Refused
from valtti.core.models import Bucket

NOON = datetime(2026, 9, 16, 12, tzinfo=UTC)


class EdgeTests(TestCase):
    def test_every_limit_lets_in_exactly_its_number_and_says_when_there_is_room(self) -> None:
        for name, rates in LIMITS.items():
            with self.subTest(limit=name), clock.at(NOON):
                room = min(rate.many for rate in rates)
                answers = [limits.take(name, "203.0.113.7") for _each in range(room + 1)]
                refused = answers.pop()
                self.assertEqual(answers, [Allowed()] * room)
                assert isinstance(refused, Refused)
            with self.subTest(limit=name, after=refused.retry_after):
                with clock.at(NOON + timedelta(seconds=refused.retry_after - 1.001)):
                    self.assertFalse(limits.peek(name, "203.0.113.7"))
                with clock.at(NOON + timedelta(seconds=refused.retry_after)):
                    self.assertTrue(limits.take(name, "203.0.113.7"))

    def test_the_day_counts_beside_the_hour(self) -> None:
        sent = 0
        for hour in range(12):
            with clock.at(NOON + timedelta(hours=hour)):
                sent += sum(bool(limits.take("automatic_letter", "katja@example.org")) for _each in range(10))
        self.assertLessEqual(sent, 8 + 4)  # eight at once, a third of one each hour

    def test_refusals_do_not_make_the_wait_longer(self) -> None:
        with clock.at(NOON):
            waits = [limits.take("web_form", "203.0.113.7") for _each in range(50)][5:]
        self.assertEqual(set(waits), {Refused(720)})

    def test_a_bucket_left_alone_is_full_again_and_not_fuller(self) -> None:
        with clock.at(NOON):
            limits.take("web_form", "203.0.113.7")
        with clock.at(NOON + timedelta(days=30)):
            self.assertEqual(sum(bool(limits.take("web_form", "203.0.113.7")) for _each in range(10)), 5)

    def test_a_clock_put_back_gives_nothing_away(self) -> None:
        with clock.at(NOON):
            for _each in range(5):
                limits.take("web_form", "203.0.113.7")
        with clock.at(NOON - timedelta(hours=3)):
            self.assertFalse(limits.take("web_form", "203.0.113.7"))
        with clock.at(NOON + timedelta(seconds=60)):
            self.assertFalse(limits.take("web_form", "203.0.113.7"))


class KeyTests(TestCase):
    def test_one_persons_tries_are_not_anothers(self) -> None:
        with clock.at(NOON):
            for _each in range(6):
                limits.take("failed_login_pair", "aino@example.org", "203.0.113.7")
            self.assertFalse(limits.peek("failed_login_pair", "aino@example.org", "203.0.113.7"))
            self.assertTrue(limits.peek("failed_login_pair", "aino@example.org", "203.0.113.8"))
            self.assertTrue(limits.peek("failed_login_pair", "veikko@example.org", "203.0.113.7"))

    def test_peeking_counts_nothing(self) -> None:
        with clock.at(NOON):
            for _each in range(50):
                self.assertTrue(limits.peek("web_form", "203.0.113.7"))

    def test_no_address_stands_in_the_table(self) -> None:
        limits.take("web_form", "203.0.113.7")
        self.assertNotIn("203", Bucket.objects.get().key)

    def test_asking_costs_the_same_queries_the_first_and_the_tenth_time(self) -> None:
        limits.take("search", 1)
        with self.assertNumQueries(5):
            limits.take("search", 1)


class DemandTests(TestCase):
    def test_one_too_many_is_an_exception_that_knows_the_wait(self) -> None:
        with clock.at(NOON):
            for _each in range(5):
                limits.demand("web_form", "203.0.113.7")
            with self.assertRaises(limits.TooMany) as refused:
                limits.demand("web_form", "203.0.113.7")
        self.assertEqual(refused.exception.retry_after, 720)

    def test_when_counting_fails_nothing_is_let_in(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_bucket RENAME TO core_bucket_away")
        try:
            with self.assertRaises(limits.Uncounted):
                limits.demand("web_form", "203.0.113.7")
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE core_bucket_away RENAME TO core_bucket")

    def test_a_misspelt_limit_is_noticed(self) -> None:
        with self.assertRaises(KeyError):
            limits.take("webform", "203.0.113.7")


class NightTests(TestCase):
    def test_full_buckets_are_forgotten_and_others_kept(self) -> None:
        with clock.at(NOON):
            limits.take("web_form", "203.0.113.7")
        with clock.at(NOON + timedelta(hours=20)):
            limits.take("web_form", "203.0.113.8")
        with clock.at(NOON + timedelta(hours=25)):
            self.assertEqual(limits.forget_full(), 1)
        self.assertEqual(Bucket.objects.count(), 1)


class NetworkTests(SimpleTestCase):
    def test_whom_a_limit_counts_as_one(self) -> None:
        for address, counted in [
            ("203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
            ("not an address", ""),
        ]:
            with self.subTest(address=address):
                self.assertEqual(limits.network(address), counted)

    @given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
    def test_all_addresses_of_a_64_count_as_one(self, address: object, other: int) -> None:
        from ipaddress import IPv6Address

        assert isinstance(address, IPv6Address)
        neighbour = IPv6Address(int(address) >> 64 << 64 | other)
        if not address.ipv4_mapped and not neighbour.ipv4_mapped:
            self.assertEqual(limits.network(str(address)), limits.network(str(neighbour)))


class NeverMoreTests(PropertyTestCase):
    @given(st.lists(st.integers(0, 900), min_size=1, max_size=30))
    def test_in_no_span_of_time_are_more_let_in_than_its_number_and_what_trickles_in(self, pauses: list[int]) -> None:
        at, let_in = NOON, []
        for pause in pauses:
            at += timedelta(seconds=pause)
            with clock.at(at):
                if limits.take("web_form", "203.0.113.7"):
                    let_in.append(at)
        for number, first in enumerate(let_in):
            for more, last in enumerate(let_in[number:], start=1):
                self.assertLessEqual(more, 5 + (last - first).total_seconds() * 5 / 3600 + 1e-6)
