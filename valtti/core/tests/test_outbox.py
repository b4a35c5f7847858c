"""What leaves the house: once if we can know it, in order, taken back in time, and never silently lost."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from valtti.core import clock, outbox, tasks
from valtti.core.models import Attempt, AuditEntry, OutgoingPost, SourcePause, Task
from valtti.core.outbox.results import Carrier
from valtti.core.testing import CastTestCase

_numbers = itertools.count()


class Relay:
    """The other side: answers what it was told to, and remembers what it was handed."""

    def __init__(self, channel: str, *answers: outbox.Result) -> None:
        self.answers = list(answers)
        self.handed: list[int] = []
        outbox.carrier(channel)(self.send)

    def send(self, post: OutgoingPost) -> outbox.Result:
        self.handed.append(post.pk)
        return self.answers.pop(0) if self.answers else outbox.Accepted("r1")


class OutboxTestCase(CastTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.channel = f"test-{uuid4().hex[:8]}"
        self.matter = AuditEntry.objects.create(what="a matter")
        self.now = clock.now()

    def relay(self, *answers: outbox.Result) -> Relay:
        return Relay(self.channel, *answers)

    def post(self, **more: Any) -> OutgoingPost:
        given: dict[str, Any] = {
            "kind": "answer",
            "source": "post@kaiku.example",
            "to": ["katja.orlova@posti.example"],
            "language": "ru",
            "subject_line": "Чайник",
            "body": "Новый отправлен.",
            "subject": self.matter,
            "key": f"answer:{next(_numbers)}",
            "channel": self.channel,
            "facts": {"case_id": 42},
        }
        with clock.at(self.now):
            return outbox.post(**(given | more))

    def at(self, **later: float) -> None:
        """Run what is due so much later."""
        with clock.at(self.now + timedelta(**later)):
            self.run_tasks()

    def state(self, post: OutgoingPost) -> str:
        post.refresh_from_db()
        return str(post.state)


class PostingTests(OutboxTestCase):
    def test_accepted_post_is_told_to_the_rooms_above(self) -> None:
        self.relay(outbox.Accepted("relay-7"))
        post = self.post(customer_id=7, team_id=3)

        self.run_tasks()

        event = self.assertTold("post.accepted", post, case_id=42, subject_id=self.matter.pk)
        self.assertEqual((event.customer_id, event.team_id), (7, 3))
        self.assertEqual((self.state(post), post.relay_id), ("accepted", "relay-7"))
        self.assertIsNotNone(post.settled_at)

    def test_the_same_key_is_the_same_post(self) -> None:
        relay = self.relay()
        first, second = self.post(key="answer:once"), self.post(key="answer:once")

        self.run_tasks()

        self.assertEqual(first.pk, second.pk)
        self.assertEqual(len(relay.handed), 1)

    def test_a_line_end_in_a_header_is_refused(self) -> None:
        wrongs: list[dict[str, Any]] = [
            {"subject_line": "Hello\r\nBcc: otto@kaiku.example"},
            {"to": ["katja@posti.example\nBcc: otto@kaiku.example"]},
            {"headers": {"Reply-To": "a\0b"}},
            {"headers": {"X\nBcc": "b"}},
            {"files": [{"name": "a\r.txt", "sha256": "0" * 64}]},
        ]
        for wrong in wrongs:
            with self.subTest(wrong), self.assertRaises(outbox.BadHeader):
                self.post(**wrong)
        self.assertEqual(OutgoingPost.objects.count(), 0)

    def test_held_post_waits_for_its_moment(self) -> None:
        relay = self.relay()
        post = self.post(not_before=self.now + timedelta(seconds=10))

        self.at(seconds=9)
        self.assertEqual((self.state(post), relay.handed), ("held", []))
        self.at(seconds=10)
        self.assertEqual((self.state(post), len(relay.handed)), ("accepted", 1))

    def test_held_post_can_be_taken_back_and_never_leaves(self) -> None:
        relay = self.relay()
        post = self.post(not_before=self.now + timedelta(seconds=10))

        self.assertTrue(outbox.cancel(post))

        self.at(hours=1)
        self.assertEqual((self.state(post), relay.handed), ("cancelled", []))

    def test_post_that_has_left_or_is_leaving_cannot_be_taken_back(self) -> None:
        self.relay()
        left, leaving = self.post(), self.post()
        outbox.carry.call(left.pk)
        Task.objects.filter(key=f"post:{leaving.pk}").update(worker="w", lease_until=self.now + timedelta(seconds=30))

        self.assertFalse(outbox.cancel(left))
        self.assertFalse(outbox.cancel(leaving))


class RetryTests(OutboxTestCase):
    def test_delayed_post_is_tried_again_after_1_2_4_minutes(self) -> None:
        relay = self.relay(*[outbox.Delayed("451 greylisted")] * 3)
        post = self.post()

        for minutes, tries in [(0, 1), (0.8, 1), (1.2, 2), (2.9, 2), (3.5, 3), (6.9, 3), (8.2, 4)]:
            with self.subTest(minutes=minutes):
                self.at(minutes=minutes)
                self.assertEqual(len(relay.handed), tries)
        self.assertEqual(self.state(post), "accepted")
        self.assertEqual(post.attempts.filter(outcome="delayed").count(), 3)

    def test_a_delay_is_told_once(self) -> None:
        self.relay(*[outbox.Delayed("451")] * 3)
        post = self.post()
        for minutes in (0, 2, 5):
            self.at(minutes=minutes)

        event = self.assertTold("post.delayed", post, why="451", final=False)
        self.assertFalse(type(event).objects.filter(kind="post.delayed", pk__lt=event.pk).exists())

    def test_after_72_hours_it_has_failed_and_somebody_is_told(self) -> None:
        self.relay(*[outbox.Delayed("451")] * 200)
        post = self.post()

        for hours in range(80):
            self.at(hours=hours)

        self.assertEqual(self.state(post), "failed")
        self.assertTold("post.failed", post, final=True)

    def test_refused_post_is_not_tried_again(self) -> None:
        relay = self.relay(outbox.Refused("no_such_address", "550 5.1.1"))
        post = self.post()

        self.at(hours=0)
        self.at(hours=5)

        self.assertEqual((self.state(post), len(relay.handed)), ("bounced", 1))
        self.assertTold("post.bounced", post, bounce_class="no_such_address", why="550 5.1.1")

    def test_uncertain_post_is_tried_once_more_after_a_quarter_of_an_hour(self) -> None:
        relay = self.relay(*[outbox.Uncertain("connection lost after the data")] * 2)
        post = self.post()

        for minutes, tries in [(0, 1), (14, 1), (15, 2), (300, 2)]:
            self.at(minutes=minutes)
            self.assertEqual(len(relay.handed), tries)

        self.assertEqual(self.state(post), "uncertain")
        self.assertTold("post.uncertain", post, final=True)

    def test_a_carrier_that_breaks_delays_and_loses_nothing(self) -> None:
        def broken(post: OutgoingPost) -> outbox.Result:
            raise RuntimeError("a mistake of ours")

        outbox.carrier(self.channel)(broken)
        post = self.post()

        self.run_tasks()
        self.relay()
        self.at(minutes=2)

        self.assertEqual(self.state(post), "accepted")

    def test_post_of_a_channel_of_tomorrow_waits(self) -> None:
        post = self.post()

        self.run_tasks()

        self.assertEqual(self.state(post), "queued")
        self.assertEqual(Task.objects.get().attempt, 0)

    def test_a_person_can_send_failed_post_again_to_another_address(self) -> None:
        relay = self.relay(outbox.Refused("no_such_address", "550"))
        post = self.post()
        self.run_tasks()

        outbox.send_again(post, to=["katja@uusi.example"])
        self.run_tasks()

        self.assertEqual((self.state(post), len(relay.handed)), ("accepted", 2))
        self.assertEqual(post.to, ["katja@uusi.example"])

    def test_a_person_can_send_delayed_post_at_once(self) -> None:
        relay = self.relay(outbox.Delayed("451"))
        post = self.post()
        self.run_tasks()

        outbox.send_again(post)
        self.run_tasks()

        self.assertEqual((self.state(post), len(relay.handed)), ("accepted", 2))


class DeathTests(OutboxTestCase):
    """The worker was killed in the middle of a try."""

    def die(self, post: OutgoingPost, while_doing: Carrier) -> None:
        class Killed(BaseException):
            pass

        def send(post: OutgoingPost) -> outbox.Result:
            while_doing(post)
            raise Killed

        outbox.carrier(self.channel)(send)
        with self.assertRaises(Killed):
            outbox.carry.call(post.pk)

    def test_before_the_last_byte_it_is_tried_again_at_once(self) -> None:
        post = self.post()
        self.die(post, lambda post: outbox.Accepted())
        relay = self.relay()

        self.run_tasks()

        self.assertEqual((self.state(post), len(relay.handed)), ("accepted", 1))

    def test_while_handing_over_nobody_knows_so_it_waits_a_quarter_of_an_hour(self) -> None:
        post = self.post()

        def hand_over(post: OutgoingPost) -> outbox.Result:
            outbox.handing_over(post)
            return outbox.Accepted()

        self.die(post, hand_over)
        relay = self.relay()

        self.at(minutes=0)
        self.assertEqual((self.state(post), relay.handed), ("uncertain", []))
        self.at(minutes=16)
        self.assertEqual((self.state(post), len(relay.handed)), ("accepted", 1))


class OrderTests(OutboxTestCase):
    def test_the_post_of_one_case_leaves_in_its_order(self) -> None:
        relay = self.relay(outbox.Delayed("451"))
        first, second = (self.post(order_key="case:42") for _ in range(2))
        other = self.post(order_key="case:43")

        self.at(minutes=0)
        self.assertEqual(relay.handed, [first.pk, other.pk])
        self.at(minutes=2)

        self.assertEqual(relay.handed, [first.pk, other.pk, first.pk, second.pk])

    def test_a_refused_letter_does_not_hold_up_the_next(self) -> None:
        relay = self.relay(outbox.Refused("no_such_address", "550"))
        self.post(order_key="case:42")
        second = self.post(order_key="case:42")

        self.run_tasks()

        self.assertEqual(self.state(second), "accepted")
        self.assertEqual(len(relay.handed), 2)


class PauseTests(OutboxTestCase):
    no_entry = outbox.Delayed("535 wrong password", pause_source=True)

    def test_a_wrong_password_holds_all_post_of_that_mailbox_and_burns_no_tries(self) -> None:
        relay = self.relay(self.no_entry)
        mine, same, other = self.post(), self.post(), self.post(source="other@kaiku.example")

        self.run_tasks()

        self.assertEqual(relay.handed, [mine.pk, other.pk])
        self.assertEqual((self.state(mine), self.state(same), self.state(other)), ("delayed", "queued", "accepted"))
        self.assertTold("source.paused", outbox.paused("post@kaiku.example"))

    def test_it_is_not_given_up_after_72_hours(self) -> None:
        self.relay(*[self.no_entry] * 500)
        post = self.post()

        for hours in range(0, 100, 2):
            self.at(hours=hours)

        self.assertEqual(self.state(post), "delayed")

    def test_the_pause_grows_up_to_an_hour(self) -> None:
        self.relay(*[self.no_entry] * 20)
        self.post()
        pauses = []
        moment = self.now
        for _ in range(9):
            with clock.at(moment):
                self.run_tasks()
            until: datetime = SourcePause.objects.get().until
            pauses.append(round((until - moment).total_seconds() / 60))
            moment = until

        self.assertEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60])

    def test_once_the_password_is_right_all_goes_at_once(self) -> None:
        relay = self.relay(self.no_entry)
        self.post(), self.post()
        self.run_tasks()

        self.assertTrue(outbox.resume("post@kaiku.example"))
        self.run_tasks()

        self.assertEqual(len(relay.handed), 3)
        self.assertFalse(outbox.resume("post@kaiku.example"))
        self.assertEqual(OutgoingPost.objects.filter(state="accepted").count(), 2)


class ReportTests(OutboxTestCase):
    def accepted(self) -> OutgoingPost:
        self.relay()
        post = self.post()
        self.run_tasks()
        return post

    def test_a_bounce_that_comes_later_is_told(self) -> None:
        post = self.accepted()

        outbox.report(post, "bounced", bounce_class="mailbox_full", why="552")
        outbox.report(post, "bounced", bounce_class="mailbox_full", why="552")

        event = self.assertTold("post.bounced", post, bounce_class="mailbox_full")
        self.assertEqual(type(event).objects.filter(kind="post.bounced").count(), 1)

    def test_a_late_word_of_delay_changes_no_bounce(self) -> None:
        post = self.accepted()
        outbox.report(post, "bounced", bounce_class="mailbox_full")

        outbox.report(post, "delayed", why="will try again")

        self.assertEqual(self.state(post), "bounced")

    def test_nothing_is_sent_again_because_of_a_report(self) -> None:
        post = self.accepted()
        outbox.report(post, "delayed")

        self.at(hours=30)

        self.assertEqual(Attempt.objects.count(), 1)
        self.assertEqual(tasks.run_ready(), 0)
