"""Whatever people do in whatever order, what is stored is what the rows say."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from itertools import product

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from valtti.core import cast, clock, outbox, tasks
from valtti.core.impossible import Impossible
from valtti.core.models import OutgoingPost
from valtti.customers.testing import stage_customers
from valtti.desk.actions import assignments, closures, intake, notes, pauses, policies, promises, replies, thanks
from valtti.desk.derive import Facts, Meeting, Utterance, derive
from valtti.desk.models import Case, Encounter, Message, Promise
from valtti.desk.queries.facts import check_cases
from valtti.desk.testing import MORNING, DeskTestCase, accepts, carried_by, letter, stage_desk, token_of
from valtti.people.testing import People, stage_people

STEPS = (
    *(
        "katja",
        "thanks",
        "machine",
        "stranger",
        "forged",
        "reply_customer",
        "reply_promise",
        "reply_nothing",
        "reply_close",
    ),
    *("run", "bounce", "undo", "close", "reopen", "wait", "resume", "keep", "move", "break", "admit", "refuse"),
    *("confirm", "deny", "assign", "hand_back", "note", "hour", "day", "own_case"),
)


class Play:
    """One case, two colleagues, and whatever is drawn."""

    def __init__(self, people: People, case: Case) -> None:
        self.people, self.case, self.count = people, case, 0
        self.point = case.participants.get().contact_point

    def step(self, name: str) -> None:
        """Do it if it can be done now."""
        self.count += 1
        with contextlib.suppress(Impossible):
            getattr(self, name)()

    def katja(self, **changes: object) -> None:
        fields = {"token": token_of(self.case, self.point), "text": f"Ещё {self.count}?"} | changes
        intake.receive(letter=letter(self.people.north, cast.KATJA, **fields))

    def thanks(self) -> None:
        self.katja(text="Спасибо!")

    def machine(self) -> None:
        self.katja(text="Olen lomalla", is_automatic=True)

    def forged(self) -> None:
        self.katja(trust="failed")

    def stranger(self) -> None:
        fields = {"token": token_of(self.case, self.point)}
        intake.receive(letter=letter(self.people.north, cast.PEKKA, **fields))

    def reply(self, next_step: str, **more: object) -> None:
        fields = {"case": self.case, "author": self.people.aino, "text": "Vastaus", "key": f"k{self.count}"}
        replies.reply(next_step=next_step, hold_seconds=10, **(fields | more))  # type: ignore[arg-type]

    def reply_customer(self) -> None:
        self.reply("customer")

    def reply_nothing(self) -> None:
        self.reply("nothing", keeps=[promise] if (promise := self.standing()) else [])

    def reply_close(self) -> None:
        self.reply("nothing", outcome="solved", keeps=[promise] if (promise := self.standing()) else [])

    def reply_promise(self) -> None:
        self.reply("promise", promise_text="uutisia", promise_due=clock.now() + timedelta(hours=3))

    def move(self) -> None:
        self.reply("promise", promise_due=clock.now() + timedelta(hours=9), moves=self.standing())

    def standing(self) -> Promise | None:
        return Promise.objects.filter(case=self.case, ended_at=None).order_by("pk").first()

    def run(self) -> None:
        clock_on = clock.now() + timedelta(seconds=11)
        with clock.at(clock_on):
            tasks.run_ready(strict=True)

    def bounce(self) -> None:
        post = OutgoingPost.objects.filter(kind="answer", state="accepted").order_by("-pk").first()
        if post is not None:
            outbox.report(post, "bounced", bounce_class="user_unknown", why="550")
            self.run()
            self.point.customer.contact_points.update(state="works")

    def last(self, **wanted: object) -> Message | None:
        return Message.objects.filter(case=self.case, **wanted).order_by("-pk").first()

    def undo(self) -> None:
        if message := self.last(direction="out", automatic=False):
            replies.undo(message=message, by=self.people.aino)

    def close(self) -> None:
        closures.close_case(case=self.case, closed_by=self.people.aino, outcome="spam" if self.count % 2 else "solved")

    def reopen(self) -> None:
        closures.reopen_case(case=self.case, by=self.people.aino)

    def wait(self) -> None:
        until = clock.now() + timedelta(hours=5)
        pauses.wait_for(case=self.case, waits_for="Posti", until=until, by=self.people.aino)

    def resume(self) -> None:
        pauses.resume(case=self.case, by=self.people.aino)

    def keep(self) -> None:
        if promise := self.standing():
            promises.keep(promise=promise, by=self.people.aino, call="Soitin")

    def break_(self) -> None:
        if promise := self.standing():
            promises.give_up(promise=promise, by=self.people.aino)

    def participant(self, act: Callable[..., object]) -> None:
        message = self.last(pending=True, refused_at=None)
        if message is not None:
            act(
                participant=self.case.participants.get(contact_point=message.author_contact_point),
                by=self.people.veikko,
            )

    def admit(self) -> None:
        self.participant(intake.admit)

    def refuse(self) -> None:
        self.participant(intake.refuse)

    def own_case(self) -> None:
        if message := self.last(pending=True, refused_at=None):
            intake.own_case(message=message, by=self.people.veikko)

    def encounter(self, act: Callable[..., object]) -> None:
        if encounter := Encounter.objects.filter(case=self.case, thanks="suggested").first():
            act(encounter=encounter, by=self.people.aino)

    def confirm(self) -> None:
        self.encounter(thanks.confirm_thanks)

    def deny(self) -> None:
        self.encounter(thanks.deny_thanks)

    def assign(self) -> None:
        assignments.assign(case=self.case, to=self.people.veikko, by=self.people.veikko)

    def hand_back(self) -> None:
        assignments.hand_back(case=self.case, by=self.people.veikko)

    def note(self) -> None:
        notes.note(case=self.case, author=self.people.aino, text="muistiin")


class AnySequenceTests(HypothesisTestCase):
    @settings(max_examples=60)
    @given(st.lists(st.sampled_from(STEPS), max_size=14))
    def test_stored_is_what_the_rows_say(self, steps: list[str]) -> None:
        now = MORNING
        with clock.at(now), carried_by(accepts):
            people = stage_people()
            policies.publish_default()
            play = Play(people, stage_desk(people, stage_customers())[0])
        for name in steps:
            now += timedelta(hours=1 if name == "hour" else 24 if name == "day" else 0, seconds=30)
            with clock.at(now), carried_by(accepts):
                if name not in {"hour", "day"}:
                    play.step("break_" if name == "break" else name)
                self.assertEqual(list(check_cases()), [], steps)


class CheckingTests(DeskTestCase):
    def test_a_hand_edited_column_is_found(self) -> None:
        self.assertEqual(list(check_cases()), [])
        for changes, what in (
            ({"turn": "customer"}, "turn"),
            ({"next_due_at": None}, "next_due_at"),
            ({"waiting_since": None}, "waiting_since"),
            ({"last_line": "x"}, "last_line"),
        ):
            with self.subTest(what):
                Case.objects.filter(pk=self.kettle.pk).update(**changes)
                self.assertEqual([found.what for found in check_cases()], [what])
                Case.objects.filter(pk=self.kettle.pk).update(**{what: getattr(self.kettle, what)})

    def test_a_hand_edited_answer_or_milestone_is_found(self) -> None:
        Encounter.objects.filter(case=self.kettle).update(answered_at=MORNING)
        self.kettle.milestones.update(over_seconds=5)
        whats = {found.what.split()[0] for found in check_cases()}
        self.assertEqual(whats, {"encounter", "milestone"})


class OwedTests(DeskTestCase):
    def test_rows_and_judgement_agree_on_what_is_owed(self) -> None:
        ways = product(("customer", "company"), ("no", "suggested", "confirmed"), (False, True), (None, MORNING))
        for started_by, thanked, silent, answered_at in ways:
            row = {"started_by": started_by, "thanks": thanked, "silent": silent, "answered_at": answered_at}
            Encounter.objects.create(case=self.kettle, channel="email", opened_at=MORNING, **row)
        owed = set(self.kettle.encounters.owed())
        self.assertEqual({row for row in self.kettle.encounters.all() if row.is_owed}, owed)
        self.assertEqual(len(owed), 3, "two of these, and what she has asked")


class PureTests(SimpleTestCase):
    def test_the_answer_is_the_first_accepted_word_of_a_person(self) -> None:
        def out(number: int, hours: int | None, **more: object) -> Utterance:
            accepted = MORNING + timedelta(hours=hours) if hours is not None else None
            fields = {"author_user": number, "automatic": False} | more
            return Utterance(number, 1, "out", "email", MORNING, accepted, **fields)  # type: ignore[arg-type]

        said = [out(1, 0, automatic=True), out(2, None), out(3, 2), out(4, 1)]
        facts = Facts(case=1, meetings=[Meeting(1, "email", "exchange", "customer", MORNING)], utterances=said)
        answered = derive(facts).encounters[1]
        self.assertEqual((answered.answered_at, answered.answered_by), (MORNING + timedelta(hours=1), 4))

    def test_an_empty_case_is_ours_and_owes_nothing(self) -> None:
        columns = derive(Facts(case=7)).columns
        self.assertEqual((columns["turn"], columns["waiting_since"], columns["root_id"]), ("ours", None, 7))
