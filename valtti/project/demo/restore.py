"""Tell the recorded past again: its rows written in one go, as of the week before this one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from valtti.channels.email.house import source_of
from valtti.channels.email.outbound import rebuilt
from valtti.channels.ingest.filing import body_hash
from valtti.core import clock, files, search_text
from valtti.core.db.sequences import move_sequences_on
from valtti.core.models import OutgoingPost, SearchEntry
from valtti.desk.actions.keeping import locked, refresh
from valtti.desk.models import Case
from valtti.people.models import Team
from valtti.project.demo import marks, tables
from valtti.project.demo.anchor import Anchor
from valtti.project.demo.post import Letter
from valtti.project.demo.recording import Recording
from valtti.project.demo.staff import TEAMS

AT_ONCE = 500
LAST = ("core.outgoingpost",)
"""Our letters are built from the rows they are about."""

MARKS_STAY = frozenset({("desk.message", "text"), ("desk.case", "last_line")})
"""What is written with its marks first: places are counted in it, or it was cut through a mark."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A customer's letter as it came in."""

    raw: bytes
    sha256: str

    @property
    def body(self) -> bytes:
        return self.raw.partition(b"\r\n\r\n")[2]


@transaction.atomic
def restore(recording: Recording, anchor: Anchor, passwords: dict[str, str]) -> None:
    """Write all rows into this empty database. `passwords` has a hash for each login.

    Raises DoesNotFit when the recording is of other tables.
    """
    recording.refuse_other(tables.shape())
    told = Told(recording, anchor, passwords)
    for model in sorted(tables.recorded(), key=lambda model: model._meta.label_lower in LAST):
        model._base_manager.bulk_create(told.rows(model), batch_size=AT_ONCE)
    move_sequences_on(tables.recorded())
    for case in Case.objects.filter(last_line__contains=marks.BEGIN):
        refresh(locked(case))


class Told:
    """The rows of a recording as they are around one anchor."""

    def __init__(self, recording: Recording, anchor: Anchor, passwords: dict[str, str]) -> None:
        self.recording = recording
        self.anchor = anchor
        self.passwords = passwords
        self._letters, self._texts = self._came(), self._came_as()

    def rows(self, model: type[models.Model]) -> Iterator[models.Model]:
        """The rows of one table, complete."""
        label = model._meta.label_lower
        complete = {
            "people.team": _team,
            "people.user": self._user,
            "core.searchentry": _searchable,
            "core.outgoingpost": _post,
            "channels.rawitem": self._raw_item,
            "channels.filing": self._filing,
            "desk.message": self._message,
        }.get(label)
        for row in self._plain(model):
            if complete is not None:
                complete(row)
            yield row

    def _plain(self, model: type[models.Model]) -> Iterator[Any]:
        columns = tables.columns(model)
        names = [column.attname for column in columns]
        changes = [self._change(model, column) for column in columns]
        for values in self.recording.rows(model._meta.label_lower):
            told = (value if value is None else change(value) for value, change in zip(values, changes, strict=True))
            yield model(**dict(zip(names, told, strict=True)))

    def _change(self, model: type[models.Model], column: models.Field[Any, Any]) -> tables.Change:
        if (model._meta.label_lower, column.attname) in MARKS_STAY:
            return lambda value: value
        return tables.to_tell(column, self.anchor)

    def _user(self, row: Any) -> None:
        row.password = self.passwords[row.email]

    def _raw_item(self, row: Any) -> None:
        sent = self._letters[row.pk]
        row.sha256, row.size, row.body_sha256 = sent.sha256, len(sent.raw), body_hash(sent.raw)
        _write(sent.sha256, sent.raw)

    def _filing(self, row: Any) -> None:
        """The letter's one part and its folded places, as the reader told of them."""
        sent = self._letters[row.raw_item_id]
        row.reading["hidden"] = self._moved(row.reading["hidden"], self._texts[row.raw_item_id])
        part = row.reading["parts"][0]
        part["size"], part["sha256"] = len(sent.body), hashlib.sha256(sent.body).hexdigest()
        part["stored"] = f"{sent.sha256}/{part['stored']}"

    def _message(self, row: Any) -> None:
        if marks.BEGIN in row.text:
            row.ranges = [[self._place(row.text, place) for place in span] for span in row.ranges]
            row.hidden = self._moved(row.hidden, row.text)
            row.text = marks.shown(row.text, self.anchor)

    def _moved(self, folded: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
        """Folded places of a text, where they lie once its marks are told."""
        return [one | {edge: self._place(text, one[edge]) for edge in ("start", "end")} for one in folded]

    def _place(self, text: str, place: int) -> int:
        return len(marks.shown(text[:place], self.anchor))

    def _came_as(self) -> dict[int, str]:
        """The text of each message that a raw item became, with its marks."""
        rows = self.recording.tables["desk.message"]
        return dict(zip(rows["raw_item_id"], rows["text"], strict=True))

    def _came(self) -> dict[int, Sent]:
        """Every letter of a customer by its raw item, as sent at the moment it came."""
        rows = self.recording.tables["channels.rawitem"]
        moments = dict(zip(rows["id"], rows["received_at"], strict=True))
        wrote = self.recording.letters
        return {
            number: _sent(letter, self.anchor, moments[number])
            for number, letter in zip(wrote["raw_item"], wrote["letter"], strict=True)
        }


def _sent(letter: list[Any], anchor: Anchor, seconds: float) -> Sent:
    name, address, to, subject, text, number, answers = marks.everywhere(letter, lambda one: marks.shown(one, anchor))
    raw = Letter(name, address, to, subject, text, number, tuple(answers)).sent(anchor.moment(seconds))
    return Sent(raw, hashlib.sha256(raw).hexdigest())


def _searchable(row: SearchEntry) -> None:
    """Found by its words as they are written; a worker adds the dictionary forms."""
    reference = row.title.partition(" ")[0]
    made = search_text.tokens(row.title, row.text, row.language, None, reference)
    row.exact, row.lemmas, row.grams = made.exact, made.lemmas, made.grams
    row.normaliser_version = search_text.version(None)


def _team(row: Team) -> None:
    """Its name is the one on the firm's list today."""
    row.name, _mailbox = TEAMS[row.key]


def _post(row: OutgoingPost) -> None:
    """Our letter, built as it was when it left."""
    with clock.at(row.state_at):
        raw = rebuilt(row, source_of(row.source, row.team_id))
    row.letter_sha256 = hashlib.sha256(raw).hexdigest()
    _write(row.letter_sha256, raw)


def _write(sha256: str, data: bytes) -> None:
    """Without waiting for the disk each time: a demo that breaks off is made anew."""
    path = files.path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
