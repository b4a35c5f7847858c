"""The guards against machines that write to each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from valtti.desk.loops import Guard, Sent, muted_until, stopped_by

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ask(**changes: Any) -> Guard | None:
    usual: dict[str, Any] = {
        "now": NOW,
        "mailbox": "a@kaiku.example",
        "may_be_answered": True,
        "trust": "verified",
        "sent": [],
        "heard": [],
        "sent_by_mailbox": 0,
    }
    return stopped_by(**(usual | changes))


class GuardTests(TestCase):
    def test_a_first_letter_is_confirmed(self) -> None:
        self.assertIsNone(ask())

    def test_machines_get_nothing(self) -> None:
        self.assertIs(ask(may_be_answered=False), Guard.NOT_TO_MACHINES)

    def test_a_failed_sender_gets_nothing_and_an_unverified_one_does(self) -> None:
        self.assertIs(ask(trust="failed"), Guard.FAILED_SENDER)
        self.assertIsNone(ask(trust="unverified"))

    def test_one_receipt_a_day_for_each_mailbox(self) -> None:
        earlier = [Sent(NOW - 23 * HOUR, "a@kaiku.example")]
        self.assertIs(ask(sent=earlier), Guard.ONE_A_DAY)
        self.assertIsNone(ask(sent=earlier, mailbox="b@kaiku.example"))
        self.assertIsNone(ask(sent=[Sent(NOW - 24 * HOUR, "a@kaiku.example")]))

    def test_three_an_hour_and_eight_a_day_over_all_mailboxes(self) -> None:
        three = [Sent(NOW - timedelta(minutes=10 * n), f"{n}@kaiku.example") for n in range(1, 4)]
        self.assertIs(ask(sent=three), Guard.ADDRESS_FULL)
        self.assertIsNone(ask(sent=three[:2]))
        eight = [Sent(NOW - n * 2 * HOUR, f"{n}@kaiku.example") for n in range(1, 9)]
        self.assertIs(ask(sent=eight), Guard.ADDRESS_FULL)
        self.assertIsNone(ask(sent=eight[:7]))

    def test_two_quick_answers_mute_the_address_for_a_day(self) -> None:
        first, second = NOW - 3 * HOUR, NOW - HOUR
        sent = [Sent(first, "b@kaiku.example"), Sent(second, "c@kaiku.example")]
        heard = [first + timedelta(seconds=20), second + timedelta(seconds=59)]
        self.assertIs(ask(sent=sent, heard=heard), Guard.MUTED)
        self.assertEqual(muted_until(sent, heard, NOW), second + 24 * HOUR)
        slow = [first + timedelta(seconds=20), second + timedelta(seconds=61)]
        self.assertIsNone(ask(sent=sent, heard=slow))

    def test_a_mailbox_that_has_sent_too_many_stops(self) -> None:
        self.assertIs(ask(sent_by_mailbox=300), Guard.MAILBOX_FULL)


class LoopTests(TestCase):
    @given(st.lists(st.integers(1, 90), min_size=1, max_size=300))
    def test_a_machine_that_answers_everything_gets_few_letters(self, pauses: list[int]) -> None:
        """Whatever its rhythm in seconds: never more than three an hour, eight a day, one a day from one mailbox."""
        now, sent, heard = NOW, list[Sent](), list[datetime]()
        for pause in pauses:
            now += timedelta(seconds=pause)
            heard.append(now)
            if ask(now=now, sent=sent, heard=heard) is None:
                sent.append(Sent(now, "a@kaiku.example"))
        self.assertEqual(len(sent), 1)
