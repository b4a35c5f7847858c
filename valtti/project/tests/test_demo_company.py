"""The demo company as it is loaded: eight weeks behind it, a week under way, a day alive."""

from __future__ import annotations

import stat
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.test import TestCase

from valtti.channels import ingest
from valtti.channels.email.house import source_of
from valtti.channels.email.outbound import letter_of
from valtti.channels.models import Mailbox, RawItem
from valtti.core import clock, search
from valtti.core.models import OutgoingPost, SearchEntry, Task
from valtti.customers.models import Customer
from valtti.desk.models import Case, Message, Promise
from valtti.desk.queries.facts import check_cases
from valtti.desk.queries.my_day import MyDay, my_day
from valtti.people.models import User
from valtti.people.queries import signature
from valtti.project.demo import logins, marks
from valtti.project.demo.load import load
from valtti.project.demo.past import STORIES
from valtti.project.demo.staff import ROLES

NOW = datetime(2026, 11, 26, 11, 20, tzinfo=UTC)
MONDAY = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


class DemoCompanyTests(TestCase):
    path: Path

    @classmethod
    def setUpTestData(cls) -> None:
        cls.path = Path(settings.DATA) / "logins.txt"
        load(NOW, cls.path, lambda _line: None)

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(clock.at(NOW))

    def day_of(self, name: str) -> MyDay:
        """What stands on the first page of this colleague."""
        return my_day(User.objects.get(name=name))

    def test_a_few_hundred_cases_in_four_languages(self) -> None:
        spoken = Counter(Case.objects.values_list("language", flat=True))

        self.assertEqual(set(spoken), {"fi", "ru", "en", "sv"})
        self.assertGreaterEqual(sum(spoken.values()), STORIES)
        self.assertGreater(min(spoken.values()), 20)

    def test_the_firm_has_its_name_and_everybody_has_come(self) -> None:
        self.assertEqual(signature(), "Kaiku Kuitu")
        self.assertFalse(User.objects.filter(joined_at=None).exists())

    def test_todays_letters_are_the_firms(self) -> None:
        receipt = Message.objects.filter(automatic=True, at__gt=MONDAY, direction="out").latest("pk")
        answer = Message.objects.filter(automatic=False, at__gt=MONDAY, direction="out").latest("pk")

        for letter in (receipt, answer):
            assert letter.post is not None
            self.assertIn("Kaiku Kuitu", letter.post.body)

    def test_the_past_is_over_and_the_week_is_not(self) -> None:
        before = Case.objects.filter(opened_at__lt=MONDAY - timedelta(days=14))

        self.assertFalse(before.open().exists())
        self.assertGreater(Case.objects.filter(opened_at__gte=MONDAY).exclude(closed_at=None).count(), 5)
        self.assertGreaterEqual(Case.objects.open().count(), 20)

    def test_every_case_is_what_its_rows_say(self) -> None:
        self.assertEqual(list(check_cases()), [])

    def test_the_balance_is_even(self) -> None:
        balance = ingest.balance()

        self.assertGreater(balance.received, STORIES)
        self.assertEqual((balance.filed, balance.waiting), (balance.received, 0))

    def test_letters_read_again_say_the_same(self) -> None:
        sample = RawItem.objects.filter(pk__in=RawItem.objects.order_by("-pk")[:60])

        self.assertEqual([one for one in ingest.replay(items=sample, dry_run=True) if one.differences], [])

    def test_eleven_letters_wait(self) -> None:
        waiting = Case.objects.exclude(waiting_since=None)

        self.assertEqual(waiting.count(), 11)
        self.assertEqual(set(waiting.values_list("team__key", flat=True)), {"north", "south", "business"})
        self.assertEqual(waiting.filter(assignee__name="Aino Korhonen").count(), 3)

    def test_aino_has_promised_something_within_the_hour(self) -> None:
        day = self.day_of("Aino Korhonen")

        assert day.first is not None
        self.assertLess(day.first.promise.due_at - NOW, timedelta(hours=1))
        self.assertGreater(day.first.promise.due_at, NOW)
        self.assertGreaterEqual(len(day.then), 3)
        self.assertGreater(day.nobody, 0)
        self.assertGreater(day.week.kept, 0)
        self.assertGreater(day.week.answered, 3)

    def test_one_promise_is_late(self) -> None:
        late = Promise.objects.get(ended_at=None, due_at__lt=NOW)

        self.assertEqual(late.owner.name, "Timo Hakala")

    def test_katja_waits_for_irina_to_call(self) -> None:
        promise = Promise.objects.get(ended_at=None, case__customer__name="Катя Орлова")

        self.assertEqual((promise.owner.name, promise.case.team.key), ("Irina Sokolova", "south"))
        self.assertGreater(Case.objects.filter(customer__name="Катя Орлова").count(), 2)

    def test_the_cast_are_one_customer_each(self) -> None:
        for name in ("Катя Орлова", "Pekka Lehtonen", "Harri Niemelä", "David Osei", "Gunnel Holm"):
            self.assertEqual(Customer.objects.filter(name=name).count(), 1, name)

    def test_no_open_case_says_what_another_says(self) -> None:
        opening = [case.messages.order_by("at", "pk").first() for case in Case.objects.open()]
        texts = Counter(" ".join(message.text.split())[:120] for message in opening if message)

        self.assertEqual(max(texts.values()), 1)

    def test_nothing_lies_ahead(self) -> None:
        self.assertFalse(Message.objects.filter(at__gt=NOW).exists())
        self.assertFalse(Case.objects.filter(closed_at__gt=NOW).exists())

    def test_no_mark_and_no_slot_is_left(self) -> None:
        for sign in (marks.BEGIN, "{first}", "{date}"):
            self.assertFalse(Message.objects.filter(text__contains=sign).exists())
            self.assertFalse(Case.objects.filter(title__contains=sign).exists())
            self.assertFalse(Case.objects.filter(last_line__contains=sign).exists())
            self.assertFalse(OutgoingPost.objects.filter(body__contains=sign).exists())
            self.assertFalse(SearchEntry.objects.filter(text__contains=sign).exists())

    def test_what_is_due_later_is_still_to_come(self) -> None:
        ahead = Task.objects.filter(finished_at=None, dead_at=None)

        self.assertTrue(ahead.exists())
        self.assertFalse(Task.objects.exclude(dead_at=None).exists())

    def test_old_letters_are_found(self) -> None:
        irina = User.objects.get(name="Irina Sokolova")

        self.assertGreater(search.search(user=irina, text="роутер").count, 0)

    def test_a_letter_of_ours_is_stored_as_it_left(self) -> None:
        post = OutgoingPost.objects.filter(kind="answer").order_by("pk")[10]

        raw = letter_of(post, source_of(post.source, post.team_id))

        self.assertIn(f"{post.state_at:%d %b %Y %H:%M}".encode(), raw)
        self.assertIn(post.message_id.encode(), raw)

    def test_a_customer_who_answers_an_old_letter_comes_to_the_old_case(self) -> None:
        case = Case.objects.filter(closed_at__gt=MONDAY - timedelta(days=5), closed_at__lt=MONDAY).order_by("pk")[0]
        written = case.messages.filter(direction="in", channel="email").order_by("pk")[0]
        ours = OutgoingPost.objects.filter(order_key=f"case:{case.pk}").order_by("-pk")[0]
        point = written.author_contact_point
        assert point is not None
        raw = (
            f"Authentication-Results: mx.kaiku.example; dmarc=pass header.from={point.value.partition('@')[2]}\r\n"
            f"From: {point.value}\r\nTo: {written.mailbox}\r\nSubject: Re: {case.title[:20]}\r\n"
            f"Message-ID: <again@posti.example>\r\nIn-Reply-To: <{ours.message_id}>\r\n\r\nOne more thing.\r\n"
        )
        mailbox = Mailbox.objects.get(address=written.mailbox)

        item = ingest.keep(mailbox=mailbox, raw=raw.encode(), external_id="again", later=False)
        ingest.interpret(item)

        self.assertEqual(Message.objects.get(raw_item_id=item.pk).case, case)

    def test_everybody_has_a_login_that_only_the_owner_of_the_file_can_read(self) -> None:
        people = logins.read(self.path)

        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertEqual({one.role for one in people}, set(ROLES))
        for one in people:
            user = User.objects.get(email=one.login)
            self.assertEqual(user.name, one.name)
            self.assertTrue(user.check_password(one.password))

    def test_the_next_row_comes_after_the_told_ones(self) -> None:
        newcomer = User.objects.create_user("new@kaiku.example", None, name="New")

        self.assertFalse(User.objects.filter(pk__gt=newcomer.pk).exists())

    def test_a_page_of_each_kind_opens(self) -> None:
        self.client.force_login(User.objects.get(name="Aino Korhonen"))
        case = Case.objects.filter(team__key="north").order_by("pk")[0]

        for address in ("/", "/cases/", f"/cases/{case.pk}/", f"/customers/{case.customer_id}/", "/search/?q=lasku"):
            self.assertEqual(self.client.get(address).status_code, 200, address)


class LoginTests(TestCase):
    def test_each_time_there_are_new_passwords(self) -> None:
        first, second = logins.fresh(), logins.fresh()

        self.assertEqual([one.login for one in first], [one.login for one in second])
        self.assertFalse({one.password for one in first} & {one.password for one in second})

    def test_a_file_that_others_could_read_is_replaced(self) -> None:
        path = Path(tempfile.mkdtemp()) / "logins.txt"
        path.write_text("old\n", encoding="utf-8")
        path.chmod(0o644)

        logins.write(logins.fresh(), path)

        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(path.read_text(encoding="utf-8").splitlines()[0].count("\t"), 3)

    def test_one_login_a_role_is_shown(self) -> None:
        self.assertEqual([one.role for one in logins.one_a_role(logins.fresh())], list(ROLES))
