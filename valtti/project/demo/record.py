"""Record the past: live it through the product's own actions, then keep every row it left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db import models

from valtti.channels.email.secrets import reply_keys
from valtti.channels.email.thread import read_token
from valtti.channels.models import Filing
from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.desk import letters
from valtti.desk.models import Case, Message, Promise
from valtti.project.demo import marks, tables
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.house import ZONE, build
from valtti.project.demo.live import Life
from valtti.project.demo.living import Say, live_all
from valtti.project.demo.past import STORIES, past
from valtti.project.demo.recording import Recording

SEED = 20
BASE = Anchor(date(2026, 9, 28), ZONE)
"""The weeks before it have no holiday and no change of the clocks."""

OPENED = timedelta(days=420)
_OUR_NUMBER = re.compile(r"[a-z2-7]{48}\.[a-z2-7]{16}")


def record(say: Say, *, seed: int = SEED, count: int = STORIES) -> Recording:
    """Live the past in this empty database and keep it."""
    with clock.at(BASE.begins - timedelta(days=60)):
        house = build(BASE.monday - OPENED)
    stories = past(BASE, house.hours, seed, count)
    lives = live_all(house, stories, say, show_day=lambda day, language: marks.day(language, BASE.days(day)))
    _refuse_unfinished()
    return kept(lives, seed)


def kept(lives: Iterable[Life], seed: int) -> Recording:
    """Every row as it stands, counted from the base."""
    hide = _hider(_own_numbers())
    spoken = _spoken_moments()
    held = {model._meta.label_lower: _table(model, hide, spoken) for model in tables.recorded()}
    wrote: dict[str, list[Any]] = {"raw_item": [], "letter": []}
    for number, letter in sorted((number, letter) for life in lives for number, letter in life.letters.items()):
        wrote["raw_item"].append(number)
        parts = [letter.name, letter.address, letter.to, letter.subject, letter.text, letter.number]
        wrote["letter"].append([*map(hide, parts), [hide(one) for one in letter.answers]])
    return Recording(seed=seed, zone=ZONE, tables=held, letters=wrote)


def _table(model: type[models.Model], hide: tables.Change, spoken: _Spoken) -> dict[str, list[Any]]:
    columns = tables.columns(model)
    changes = [tables.to_keep(column, BASE, hide) for column in columns]
    found: dict[str, list[Any]] = {column.attname: [] for column in columns}
    for row in model._base_manager.order_by("pk"):
        with_words = spoken.get((model._meta.label_lower, _message_of(row)), ())
        for column, change in zip(columns, changes, strict=True):
            value = column.value_from_object(row)
            if isinstance(value, str):
                value = _replaced(value, with_words)
            elif isinstance(row, Filing) and column.attname == "reading":
                value = _without_bytes(value)
            found[column.attname].append(None if value is None else change(value))
    return found


type _Spoken = dict[tuple[str, int], list[tuple[str, str]]]


def _spoken_moments() -> _Spoken:
    """Where our letters say a moment in words: the words, and the mark that stands for them."""
    found: _Spoken = defaultdict(list)
    promised = dict(Promise.objects.exclude(said_in=None).values_list("said_in", "due_at"))
    for message in Message.objects.filter(direction="out").select_related("case").prefetch_related("case__milestones"):
        dues = [promised[message.pk]] if message.pk in promised else []
        dues += [row.due_at for row in message.case.milestones.all() if row.due_at] if message.automatic else []
        for due in dues:
            words = letters.moment(message.language, due, ZONE, message.at)
            mark = marks.moment(message.language, BASE.seconds(due), BASE.seconds(message.at))
            for label in ("desk.message", "core.outgoingpost", "core.searchentry"):
                found[label, message.pk].append((words, mark))
    return found


def _message_of(row: Any) -> int:
    """The message a row is, or is about; 0 for others."""
    if isinstance(row, Message):
        return row.pk
    return int(row.subject_id) if getattr(row, "subject_kind", "") == "desk.message" else 0


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for words, mark in pairs:
        text = text.replace(words, mark)
    return text


def _without_bytes(reading: dict[str, Any]) -> dict[str, Any]:
    """What was read, without what hangs on the letter's bytes and on the machine."""
    (part,) = reading["parts"]
    part = part | {"size": 0, "sha256": "", "stored": part["stored"].rpartition("/")[2]}
    return reading | {"limits": reading["limits"] | {"cpu_ms": 0}, "parts": [part]}


def _own_numbers() -> dict[str, str]:
    """The left half of each Message-ID of ours, and the mark that stands for it."""
    return dict(_number_and_mark(post) for post in OutgoingPost.objects.order_by("pk"))


def _number_and_mark(post: OutgoingPost) -> tuple[str, str]:
    left = post.message_id.partition("@")[0]
    read = read_token(left.partition(".")[0], keys=reply_keys(), today=BASE.monday)
    assert read.case_id and read.contact_point_id and read.expires_on, f"post {post.pk} has no token"
    return left, marks.number(read.case_id, read.contact_point_id, BASE.days(read.expires_on), post.pk)


def _hider(numbers: dict[str, str]) -> Callable[[str], str]:
    def hide(text: str) -> str:
        return _OUR_NUMBER.sub(lambda found: numbers[found[0]], text) if len(text) > 64 else text

    return hide


def _refuse_unfinished() -> None:
    """What the file cannot tell again must not be in it."""
    for what, found in _unfinished():
        assert not found, f"the past has {what}"


def _unfinished() -> Iterator[tuple[str, bool]]:
    yield "open cases", Case.objects.open().exists()
    yield "standing promises", Promise.objects.filter(ended_at=None).exists()
    yield "letters that became no message", Filing.objects.exclude(as_what="message").exists()
    yield "post that did not leave", OutgoingPost.objects.exclude(state="accepted").exists()
    yield "letters in HTML", Message.objects.exclude(html_sha256="").exists()
