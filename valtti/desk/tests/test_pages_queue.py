"""The queue's page: one list in work order, narrowed by an address that can be sent to a colleague."""

from __future__ import annotations

from valtti.core import cast
from valtti.desk.actions import closures, topics
from valtti.desk.models import Case, Tag, Topic
from valtti.desk.tests.desk_pages import PagesTestCase, Said

KETTLE, INVOICE = "Чайник пришёл разбитым", "Väärä summa laskussa"


class QueueTests(PagesTestCase):
    def queue(self, query: str = "") -> Said:
        return self.client.get(f"/cases/{query}")

    def assertShows(self, query: str, *, kettle: bool, invoice: bool) -> None:
        """Which of the two cases the narrowed list shows."""
        page = self.queue(query).content.decode()
        listed = page[page.index('id="list"') :]
        self.assertEqual((KETTLE in listed, INVOICE in listed), (kettle, invoice), query)

    def test_every_case_one_sees_with_when_who_and_what(self) -> None:
        page = self.queue()
        self.assertSays(page, "Katja Orlova", KETTLE, "13:12", "Answer owed", "Aino", "4 h 00")
        self.assertSays(page, "Pekka Lehtonen", INVOICE, "nobody yet")

    def test_the_voices_keep_their_language(self) -> None:
        page = self.queue().content.decode()
        self.assertIn(f'lang="ru" class="guest">{KETTLE}</a>', page)
        self.assertIn(f'lang="fi" class="guest">{INVOICE}</a>', page)

    def test_owners(self) -> None:
        self.assertShows("?who=mine", kettle=True, invoice=False)
        self.assertShows("?who=nobody", kettle=False, invoice=True)
        self.assertShows(f"?who={self.veikko.pk}", kettle=False, invoice=False)

    def test_languages_and_channels(self) -> None:
        self.assertShows("?language=ru", kettle=True, invoice=False)
        self.assertShows("?language=sv", kettle=False, invoice=False)
        self.assertShows("?channel=email", kettle=True, invoice=True)
        self.assertShows("?channel=phone", kettle=False, invoice=False)

    def test_what_comes_next(self) -> None:
        self.promise()
        self.assertShows("?group=promised", kettle=True, invoice=False)
        self.assertShows("?group=owed", kettle=False, invoice=True)
        self.assertShows("?group=turn", kettle=False, invoice=False)

    def test_open_closed_today_and_all(self) -> None:
        closures.close_case(case=self.invoice, closed_by=self.veikko, outcome="solved")
        self.assertShows("", kettle=True, invoice=False)
        self.assertShows("?state=closed_today", kettle=False, invoice=True)
        self.assertShows("?state=all", kettle=True, invoice=True)

    def test_topics_and_tags(self) -> None:
        repair = Topic.objects.create(key="repair", title={"en": "Repair"})
        topics.set_topic(case=self.kettle, topic=repair, by=self.aino)
        topics.add_tag(case=self.invoice, name="lasku", by=self.aino)
        self.assertShows(f"?topic={repair.pk}", kettle=True, invoice=False)
        self.assertShows(f"?tag={Tag.objects.get().pk}", kettle=False, invoice=True)

    def test_filters_narrow_each_other(self) -> None:
        self.assertShows("?who=mine&language=ru", kettle=True, invoice=False)
        self.assertShows("?who=mine&language=fi", kettle=False, invoice=False)

    def test_an_address_that_makes_no_sense_shows_something_all_the_same(self) -> None:
        for query in ("?page=-3", "?page=9999999", "?team=x", "?who=%00", "?state=nonsense", "?tag=1e9", "?group='"):
            with self.subTest(query):
                self.assertEqual(self.queue(query).status_code, 200)

    def test_a_chosen_filter_says_so_and_can_be_taken_off(self) -> None:
        page = self.queue("?language=ru&who=mine")
        self.assertSays(page, "Language: русский", 'href="?who=mine"')

    def test_the_heading_and_its_count_say_which_view_one_looks_at(self) -> None:
        self.promise()
        for query, title, count in (
            ("?who=nobody", "Nobody’s yet", 1),
            ("?who=mine", "Mine", 1),
            ("?group=promised", "Promised", 1),
            ("?group=turn", "Customer’s turn", 0),
            ("", "Queue", 2),
        ):
            with self.subTest(query):
                self.assertSays(self.queue(query), f"<h1>{title}</h1>", f">Open {count}</a>")
        self.assertSays(self.queue("?state=closed_today"), "<h1>Closed today</h1>", ">Open</a>")

    def test_choices_keep_what_is_chosen_already(self) -> None:
        self.assertSays(self.queue("?who=mine"), 'href="?who=mine&language=fi"')

    def test_nothing_found_is_not_nothing_to_do(self) -> None:
        self.assertSays(self.queue("?language=sv"), "Nothing found", "Show the whole queue")
        for case in (self.kettle, self.invoice):
            closures.close_case(case=case, closed_by=self.veikko, outcome="solved")
        self.assertSays(self.queue(), "Everyone has had an answer", "Write down a call")

    def test_the_list_comes_as_a_part(self) -> None:
        part = self.part("/cases/?who=mine")
        self.assertPart(part, "list")
        self.assertSays(part, KETTLE)
        self.assertSilentOn(part, 'id="main"', INVOICE)

    def test_news_waits_to_be_shown(self) -> None:
        self.assertSays(self.queue(), f'data-live-topic="team:{self.north.pk}"', 'data-live-text="New: %s, show"')

    def test_long_queues_have_pages(self) -> None:
        for number in range(101):
            self.write(cast.PEKKA, subject=f"Asia {number}", subject_plain=f"Asia {number}")

        first, second = self.queue(), self.queue("?page=2")

        self.assertSays(first, "1 / 2", "Later in work order", 'href="/cases/?page=2"')
        self.assertSays(second, "2 / 2", "Earlier in work order", 'href="/cases/?"')
        self.assertSilentOn(second, "Later in work order")

    def test_otto_sees_his_own_queue(self) -> None:
        self.log_in(self.otto)
        self.assertSilentOn(self.queue("?state=all"), KETTLE, INVOICE)
        self.assertSilentOn(self.queue(f"?team={self.north.pk}"), KETTLE, INVOICE, "North")

    def test_a_coach_looks_and_has_nothing_to_press(self) -> None:
        self.log_in(self.liisa)
        page = self.queue()
        self.assertSays(page, KETTLE)
        self.assertSilentOn(page, "New case", "Next case")

    def test_words_of_customers_are_never_markup(self) -> None:
        self.write(cast.PEKKA, subject="<img src=x>", subject_plain="<img src=x>", text="<b>nyt</b>")
        page = self.queue().content.decode()
        self.assertIn("&lt;img src=x&gt;", page)
        self.assertNotIn("<img src=x>", page)


class NextCaseTests(PagesTestCase):
    def test_the_best_one_opens(self) -> None:
        self.assertRedirects(self.send("/cases/next/"), f"/cases/{self.kettle.pk}/", status_code=303)

    def test_not_the_one_just_left(self) -> None:
        response = self.send("/cases/next/", after=self.kettle.pk)
        self.assertRedirects(response, f"/cases/{self.invoice.pk}/", status_code=303)

    def test_a_promise_that_presses_goes_first(self) -> None:
        promise = self.promise(case=self.invoice, hours=1)
        self.assertRedirects(self.send("/cases/next/"), f"/cases/{promise.case_id}/", status_code=303)

    def test_nobody_waits(self) -> None:
        for case in Case.objects.all():
            closures.close_case(case=case, closed_by=self.veikko, outcome="solved")

        response = self.client.post("/cases/next/", follow=True)

        self.assertEqual(response.request["PATH_INFO"], "/cases/")
        self.assertSays(response, "Nobody waits for you now.")

    def test_nonsense_after_it_is_no_obstacle(self) -> None:
        for after in ("", "x", "9" * 40, "١"):
            with self.subTest(after):
                self.assertEqual(self.send("/cases/next/", after=after).status_code, 303)

    def test_the_browser_is_sent_there_by_its_own_word(self) -> None:
        response = self.send("/cases/next/", part=True)
        self.assertEqual(response.headers["HX-Redirect"], f"/cases/{self.kettle.pk}/")

    def test_looking_takes_nothing(self) -> None:
        self.assertEqual(self.client.get("/cases/next/").status_code, 405)
