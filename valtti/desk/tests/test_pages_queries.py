"""What case page, my day, team board, promises, trays and timeline ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from valtti.core import cast, clock
from valtti.customers.timeline import for_customer
from valtti.desk.actions import assignments, drafts, links, notes, presence, replies
from valtti.desk.models import Case, Tag, Topic
from valtti.desk.queries import case_page, my_day, promises_for, team_board
from valtti.desk.testing import MORNING, DeskTestCase


def cost(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


class CasePageTests(DeskTestCase):
    def test_the_conversation_in_bands(self) -> None:
        self.promise(hours=2)
        self.pass_time(hours=1)
        self.katja_writes("Есть новости?")
        notes.note(case=self.kettle, author=self.veikko, text="Toinen kerta.")

        page = case_page(self.again(self.kettle), self.aino)

        first, second = page.talk
        self.assertEqual([entry.author for entry in first.entries], ["Katja Orlova", "", "Aino"])
        self.assertEqual([entry.author for entry in second.entries], ["Katja Orlova", "Veikko"])
        self.assertEqual((first.number, second.number, first.waits, second.waits), (1, 2, False, True))
        self.assertTrue(second.entries[1].is_note)
        self.assertEqual(first.entries[2].delivery[0] if first.entries[2].delivery else "", "good")
        self.assertEqual(page.encounter_number, 2)

    def test_the_board_shows_what_is_promised_next(self) -> None:
        self.promise(hours=2)
        self.promise(hours=1)
        self.pass_time(minutes=30)
        board = case_page(self.again(self.kettle), self.aino).board
        assert board is not None
        self.assertEqual((board.due.left, board.run, board.others), ("30 min", 0.5, 1))
        self.assertEqual(board.reads, "Новый чайник уйдёт завтра.")

    def test_the_clock_that_runs(self) -> None:
        page = case_page(self.kettle, self.aino)
        assert page.clock is not None and page.clock.due is not None
        self.assertEqual((page.clock.due.at, page.clock.is_missed), (MORNING + timedelta(hours=4), False))
        self.pass_time(hours=5)
        self.assertTrue(case_page(self.kettle, self.aino).clocks[0].is_missed)

    def test_the_customers_card_and_whom_an_answer_reaches(self) -> None:
        page = case_page(self.kettle, self.aino)
        assert page.card is not None
        self.assertEqual((page.card.customer, page.language), (self.katja, "ru"))
        self.assertEqual([row.contact_point.normal for row in page.recipients], [cast.KATJA.address])

    def test_my_draft_and_not_my_colleagues(self) -> None:
        drafts.save_draft(case=self.kettle, author=self.aino, text="Новый…")
        drafts.save_draft(case=self.kettle, author=self.veikko, text="Minun…")
        page = case_page(self.kettle, self.aino)
        self.assertEqual(page.answer.text if page.answer else "", "Новый…")

    def test_who_else_is_here(self) -> None:
        presence.touch(case=self.kettle, user=self.veikko, writing=True)
        (other,) = case_page(self.kettle, self.aino).others
        self.assertEqual((other.user, other.writing_since), (self.veikko, MORNING))

    def test_links_to_what_one_may_not_see_do_not_exist(self) -> None:
        foreign = Case.objects.create(team=self.business, title="Salainen")
        links.link_cases(a=foreign, b=self.kettle, kind="perhaps", by=None)
        links.link_cases(a=self.invoice, b=self.kettle, kind="follows", by=None)
        page = case_page(self.kettle, self.aino)
        self.assertEqual(([link.a for link in page.links], page.perhaps), ([self.invoice], []))

    def test_offers_come_after_three_and_ten_working_days(self) -> None:
        self.accepted()
        for days, kinds in ((4, []), (5, ["remind"]), (13, ["remind"]), (14, ["remind", "close"])):
            with self.subTest(days):
                self.set_clock(MORNING + timedelta(days=days, hours=1))
                found = case_page(self.kettle, self.aino).offers
                self.assertEqual([offer.kind for offer in found], kinds)

    def test_it_costs_the_same_whatever_the_history(self) -> None:
        self.promise()
        before = cost(lambda: self.read(case_page(self.again_plain(), self.aino)))
        for _ in range(5):
            self.katja_writes()
            self.promise()
            notes.note(case=self.kettle, author=self.veikko, text="n")
        self.assertEqual(cost(lambda: self.read(case_page(self.again_plain(), self.aino))), before)
        self.assertLessEqual(before, 36)

    def again_plain(self) -> Case:
        return Case.objects.select_related("team__calendar", "customer").get(pk=self.kettle.pk)

    def read(self, page: object) -> None:
        for entry in page.entries:  # type: ignore[attr-defined]
            str((entry.author, entry.delivery, entry.files, [promise.owner for promise in entry.promises]))


class MyDayTests(DeskTestCase):
    def test_first_is_the_promise_and_then_what_is_due(self) -> None:
        promise = self.promise(hours=2)
        assignments.take(case=self.invoice, by=self.aino)
        day = my_day(self.aino)
        self.assertEqual((day.first.promise if day.first else None, day.nobody), (promise, 0))
        self.assertEqual([row.case for row in day.then], [self.invoice])

    def test_a_returned_letter_stands_first_until_another_one_arrives(self) -> None:
        message = self.refuse(self.accepted())
        self.assertEqual(my_day(self.aino).returned, [message])
        type(self.katja.contact_points.get()).objects.update(state="works")
        self.pass_time(minutes=10)
        self.accepted()
        self.assertEqual(my_day(self.aino).returned, [])

    def test_what_went_well_this_week(self) -> None:
        self.accepted(keeps=[self.promise()])
        week = my_day(self.aino).week
        self.assertEqual((week.kept, week.ended, week.answered), (1, 1, 1))

    def test_a_promise_moved_too_late_counts_once_and_as_broken(self) -> None:
        promise = self.promise(hours=1)
        self.pass_time(hours=2)
        moved = self.settled(
            self.answer(next_step="promise", promise_due=clock.now() + timedelta(hours=2), moves=promise)
        ).promises_made.get()
        self.accepted(keeps=[moved])
        week = my_day(self.aino).week
        self.assertEqual((week.kept, week.broken, week.ended), (0, 1, 1))

    def test_a_day_without_work_says_so(self) -> None:
        self.assertTrue(my_day(self.veikko).is_empty)
        self.assertTrue(my_day(self.otto).is_empty)
        self.assertEqual(my_day(self.otto).nobody, 0)

    def test_it_costs_the_same_for_more_cases(self) -> None:
        self.promise()
        before = cost(lambda: my_day(self.aino))
        for number in range(10):
            case = self.write(cast.PEKKA, subject=f"Asia {number}").case
            assignments.take(case=case, by=self.aino)
            self.promise(case=case)
        self.assertEqual(cost(lambda: my_day(self.aino)), before)


class TeamBoardTests(DeskTestCase):
    def test_who_has_what_and_what_is_late(self) -> None:
        self.promise(hours=1)
        self.pass_time(hours=5)
        board = team_board(self.north, self.veikko)
        self.assertEqual((board.waiting, board.total), (1, 2))
        self.assertEqual([row.case for row in board.late_promises], [self.kettle])
        self.assertEqual([row.case for row in board.late_answers], [self.invoice])
        self.assertEqual([row.case for row in board.nobody], [self.invoice])
        aino = next(load for load in board.loads if load.user == self.aino)
        self.assertEqual((aino.cards, aino.next_row.case if aino.next_row else None), (["late"], self.kettle))

    def test_owed_hour_by_hour(self) -> None:
        self.promise(hours=2)
        hours = {hour.start.hour: hour for hour in team_board(self.north, self.veikko).hours}
        self.assertEqual((hours[11].promised, hours[13].owed, hours[9].total), (1, 1, 0))

    def test_otto_sees_an_empty_board(self) -> None:
        board = team_board(self.north, self.otto)
        self.assertEqual((board.total, board.waiting, board.nobody), (0, 0, []))


class PromiseListTests(DeskTestCase):
    def test_late_today_later(self) -> None:
        late, today, later = (self.promise(hours=hours) for hours in (1, 6, 72))
        self.pass_time(hours=2)
        found = promises_for(self.aino)
        self.assertEqual(
            [[row.promise for row in rows] for rows in (found.late, found.today, found.later)],
            [[late], [today], [later]],
        )
        self.assertEqual(promises_for(self.veikko).today, [])
        self.assertEqual(len(promises_for(self.veikko, who="all").today), 1)
        self.assertEqual(promises_for(self.otto, who="all").late, [])


class TimelineTests(DeskTestCase):
    def test_newest_first_in_words(self) -> None:
        self.pass_time(minutes=1)
        self.promise(hours=2)
        lines = [line for line in for_customer(self.katja, self.aino).lines if not line.folded]
        reference = self.kettle.reference
        self.assertEqual(
            [line.title for line in lines],
            [
                f"Our answer in {reference}",
                f"A promise in {reference}",
                f"A message in {reference}",
                f"{reference} was opened",
            ],
        )
        self.assertEqual((lines[2].words, lines[2].language), ("Что теперь делать?", "ru"))
        self.assertEqual(lines[0].url, f"/cases/{self.kettle.pk}/")

    def test_a_promise_of_an_undone_letter_was_never_made(self) -> None:
        due = MORNING + timedelta(hours=3)
        message = self.answer(hold_seconds=10, next_step="promise", promise_text="news", promise_due=due)
        replies.undo(message=message, by=self.aino)
        titles = [line.title for line in for_customer(self.katja, self.aino).lines]
        self.assertEqual([title for title in titles if "promise" in title], [])

    def test_in_pages(self) -> None:
        for _ in range(20):
            self.katja_writes()
        first = for_customer(self.katja, self.aino, limit=10)
        second = for_customer(self.katja, self.aino, before=first.before, limit=10)
        numbers = [line.event_id for line in (*first.lines, *second.lines)]
        self.assertEqual(numbers, sorted(set(numbers), reverse=True))
        self.assertEqual(len(numbers), 20)

    def test_otto_reads_nothing_and_a_restricted_case_is_silent(self) -> None:
        self.assertEqual(for_customer(self.katja, self.otto).lines, [])
        Case.objects.filter(pk=self.kettle.pk).update(restricted=True)
        self.assertEqual([line for line in for_customer(self.katja, self.veikko).lines if line.url], [])

    def test_it_costs_the_same_whatever_the_history(self) -> None:
        self.promise()
        before = cost(lambda: for_customer(self.katja, self.aino))
        for _ in range(8):
            self.katja_writes()
            self.promise()
        self.assertLessEqual(cost(lambda: for_customer(self.katja, self.aino)), before)


class LabelTests(DeskTestCase):
    def test_a_label_of_the_house_is_used_before_a_new_one_is_made(self) -> None:
        from valtti.desk.actions import topics

        house = Tag.objects.create(name="Reititin")
        topics.add_tag(case=self.kettle, by=self.aino, name=" reititin ")
        topics.add_tag(case=self.kettle, by=self.aino, name="Reititin")
        self.assertEqual(self.kettle.tag_rows.get().tag, house)
        topics.remove_tag(case=self.kettle, tag=house, by=self.aino)
        self.assertEqual(self.kettle.tag_rows.get().removed_at, clock.now())
        topics.add_tag(case=self.kettle, by=self.aino, tag=house)
        self.assertEqual(self.kettle.tag_rows.count(), 2)

    def test_topic_title_and_urgency_are_told(self) -> None:
        from valtti.desk.actions import topics

        topic = Topic.objects.create(key="delivery", title={"en": "Delivery", "fi": "Toimitus"})
        topics.set_topic(case=self.kettle, topic=topic, by=self.aino)
        topics.describe(case=self.kettle, title="  Kettle  cracked ", by=self.aino)
        topics.describe(case=self.kettle, urgency=9, by=self.aino)
        case = self.again(self.kettle)
        self.assertEqual((case.topic, case.title, case.urgency), (topic, "Kettle cracked", 4))
        for kind in ("case.topic_set", "case.renamed", "case.urgency_set"):
            self.assertTold(kind, self.kettle)
