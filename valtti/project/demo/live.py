"""Live the plan: every turn through the product's own actions, the clock set to its moment."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from hashlib import sha256
from textwrap import shorten
from typing import Any

from valtti.channels import ingest
from valtti.channels.models import RawItem
from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.customers.actions import add_contact_point, identify
from valtti.customers.models import Customer
from valtti.desk.actions import assignments, calls, closures, intake, promises, replies, thanks, topics
from valtti.desk.models import Case, Message, Promise
from valtti.desk.models.words import NextStep
from valtti.people.models import User
from valtti.project.demo import post, slots
from valtti.project.demo.due import due_at
from valtti.project.demo.house import House
from valtti.project.demo.library import Turn
from valtti.project.demo.plan import Story
from valtti.project.demo.slots import ShowDay

HEADING = 90
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")

KEPT_BY_CALL = {
    "fi": "Soitin, kuten luvattiin. Asia on kunnossa.",
    "ru": "Позвонила, как обещали. Вопрос решён.",
    "en": "Called as promised. The matter is settled.",
    "sv": "Ringde som utlovat. Ärendet är klart.",
}


class Life:
    """One story being lived: what it has become so far."""

    def __init__(
        self, house: House, story: Story, read: Callable[[RawItem], object], show_day: ShowDay = slots.day_in
    ) -> None:
        self.house = house
        self.read = read
        self.story = story
        self.case: Case | None = None
        self.letters: dict[int, post.Letter] = {}
        agent = story.agent.split(" ")[0]
        chance = random.Random(story.number)
        self.slots = slots.values(chance, story.customer, agent, story.moments[0], story.thread.date, show_day)
        self.subject = slots.fill(story.thread.subject, self.slots)

    def live(self, place: int) -> None:
        """Perform the turn at `place`; the clock stands at its moment already."""
        turn = self.story.thread.turns[place]
        by_kind: dict[str, Callable[[Turn, int], None]] = {
            "customer": self._customer_writes,
            "agent": self._agent_answers,
            "note": self._agent_notes,
            "call_note": self._agent_calls,
        }
        by_kind[turn.by](turn, place)

    def finish(self) -> None:
        """Close what the story left open, after its last turn."""
        case = self._current()
        self._sort(case, self._agent(""))
        for encounter in case.encounters.filter(thanks="suggested"):
            thanks.confirm_thanks(encounter=encounter, by=self._agent(""))
        case = self._current()
        if case.is_open:
            self._settle(case)
            closures.close_case(case=case, closed_by=self._agent(""), outcome=self.story.thread.outcome)

    def _customer_writes(self, turn: Turn, place: int) -> None:
        text = slots.fill(turn.text, self.slots)
        if self.case is None and self.story.thread.channel == "phone":
            self._call(text, turn)
            return
        mailbox = self.house.mailboxes[self.story.team]
        letter = self._letter(mailbox.address, text, place)
        number = f"demo:{self.story.number}:{place}"
        item = ingest.keep(mailbox=mailbox, raw=letter.sent(clock.now()), external_id=number, later=False)
        self.letters[item.pk] = letter
        self.read(item)
        self.case = Message.objects.get(raw_item_id=item.pk).case  # after weeks, one that follows the closed one

    def _letter(self, to: str, text: str, place: int) -> post.Letter:
        who = self.story.customer
        number = sha256(f"{self.story.number}:{place}".encode()).hexdigest()[:24]
        return post.Letter(
            name=who.name,
            address=who.address,
            to=to,
            subject=self.subject if place == 0 else f"{_prefix(self.story.thread.language)} {self.subject}",
            text=text,
            number=f"{number}@{who.address.rpartition('@')[2]}",
            answers=tuple(self._letters_before()),
        )

    def _sort(self, case: Case, agent: User) -> None:
        """Whoever works on it first says what it is about."""
        if case.topic_id is None:
            topic = self.house.topics[self.story.thread.topic]
            touchpoint = self.house.touchpoints.get(self.story.thread.touchpoint)
            topics.set_topic(case=case, topic=topic, by=agent, touchpoint=touchpoint)

    def _agent_answers(self, turn: Turn, place: int) -> None:
        agent = self._agent(turn.agent)
        case = self._opened(agent)
        step, promise = self._next_step(turn, place)
        replies.reply(
            case=case,
            author=agent,
            text=slots.fill(turn.text, self.slots),
            next_step=step,
            key=f"demo:{self.story.number}:{place}",
            outcome=self.story.thread.outcome if step == NextStep.NOTHING else None,
            keeps=[standing] if (standing := _standing(case)) else [],
            hold_seconds=0,
            **promise,
        )

    def _opened(self, agent: User) -> Case:
        """The case, open and of this agent: whoever writes on a closed one opens it, on another's takes it over."""
        case = self._current()
        self._sort(case, agent)
        for encounter in case.encounters.filter(thanks="suggested"):
            thanks.deny_thanks(encounter=encounter, by=agent)
        case = self._current()
        if not case.is_open:
            case = closures.reopen_case(case=case, by=agent)
        if case.assignee_id not in (None, agent.pk):
            assignments.take(case=case, by=agent)
        return self._current()

    def _next_step(self, turn: Turn, place: int) -> tuple[NextStep, dict[str, Any]]:
        """What the answer says of what comes next: its promise, the customer's turn, or nothing more."""
        if turn.promise:
            return NextStep.PROMISE, self._promised(turn)
        last = all(later.by not in ("customer", "agent") for later in self.story.thread.turns[place + 1 :])
        return (NextStep.NOTHING if turn.closes or last else NextStep.CUSTOMER), {}

    def _agent_notes(self, turn: Turn, place: int) -> None:
        replies.note(case=self._current(), author=self._agent(turn.agent), text=slots.fill(turn.text, self.slots))

    def _agent_calls(self, turn: Turn, place: int) -> None:
        text = slots.fill(turn.text, self.slots)
        if self.case is None:
            self._call(text, turn)
            return
        case = self._opened(self._agent(turn.agent))
        calls.log_call(
            case=case,
            by=self._agent(turn.agent),
            text=text,
            started_by="company",
            keeps=_standing(case),
            **self._promised(turn),
        )

    def _call(self, text: str, turn: Turn) -> None:
        self.case = intake.open_by_hand(
            team=self.house.teams[self.story.team],
            customer=self._customer(),
            channel="phone",
            title=self.subject or _heading(text),
            text=text,
            started_by="customer",
            opened_by=self._agent(turn.agent),
            topic=self.house.topics[self.story.thread.topic],
            language=self.story.customer.language,
            **self._promised(turn),
        )
        self._sort(self._current(), self._agent(turn.agent))

    def _promised(self, turn: Turn) -> dict[str, Any]:
        """What this turn promises, and by when."""
        if turn.promise is None:
            return {}
        due = self.story.due or due_at(turn.promise.due, clock.now(), self.house.hours)
        return {"promise_text": slots.fill(turn.promise.text, self.slots), "promise_due": due}

    def _customer(self) -> Customer:
        who = self.story.customer
        found = identify(address=who.address, shown=who.address, name=who.name, language=who.language)
        if not found.customer.contact_points.filter(kind="phone").exists():
            add_contact_point(customer=found.customer, kind="phone", value=who.phone, language=who.language)
        return found.customer

    def _settle(self, case: Case) -> None:
        for promise in Promise.objects.filter(case=case, ended_at=None):
            promises.keep(promise=promise, by=promise.owner, call=KEPT_BY_CALL[self.story.customer.language])

    def _current(self) -> Case:
        assert self.case is not None, self.story.thread.id
        return Case.objects.get(pk=self.case.pk)

    def _agent(self, name: str) -> User:
        return self.house.users[name or self.story.agent]

    def _letters_before(self) -> list[str]:
        if self.case is None:
            return []
        ours = OutgoingPost.objects.filter(order_key=f"case:{self.case.pk}").exclude(message_id="").order_by("pk")
        return [letter.message_id for letter in ours]


def _standing(case: Case) -> Promise | None:
    return Promise.objects.filter(case=case, ended_at=None).order_by("due_at").first()


def _prefix(language: str) -> str:
    return {"fi": "VS:", "ru": "Re:", "en": "Re:", "sv": "SV:"}[language]


def _heading(text: str) -> str:
    """What a clerk would write over a call: its first sentence."""
    first = _SENTENCE_END.split(text.strip(), 1)[0].rstrip(".")
    return shorten(first, HEADING, placeholder="…")
