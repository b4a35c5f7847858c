"""One run of a mail command and its balance: received = filed + quarantined + refused."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from pathlib import Path
from typing import Any

from valtti.channels.actions import mailboxes
from valtti.channels.commandline.sources import Complain, Found, letters
from valtti.channels.ingest import interpret_many, keep
from valtti.channels.ingest.filing import Outcome
from valtti.channels.ingest.replaying import replay_each
from valtti.channels.models import Filing, Mailbox, Quarantine, RawItem, Refusal
from valtti.channels.queries.quarantine import reference_of
from valtti.core import clock
from valtti.people.models import Team

SCHEMA = "valtti.mail.balance/1"
BATCH = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One letter of a run: where it lay, its fate, why, and the case it is in."""

    path: str
    state: str
    reason: str
    case: str
    differences: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """Counts of one run; repeats are counted in `already_held` and are part of `filed`."""

    mailbox: str | None
    run: str = field(default_factory=lambda: f"{clock.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}")
    already_held: int = 0
    items: list[Item] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many ended so."""
        return sum(1 for item in self.items if item.state == state)

    def json_lines(self, *, with_items: bool) -> Iterator[str]:
        """One line."""
        shown = [_item_json(item) for item in self.items] if with_items else []
        yield json.dumps({"schema": SCHEMA, "mailbox": self.mailbox, "run": self.run, **self._counts(), "items": shown})

    def text_lines(self, *, with_items: bool) -> Iterator[str]:
        """For people."""
        for item in self.items if with_items else ():
            notes = [item.reason, item.case, ", ".join(item.differences)]
            yield " · ".join([item.path, item.state, *filter(None, notes)])
        counts = self._counts()
        yield f"{self.mailbox or 'all mailboxes'}: " + ", ".join(f"{name} {many}" for name, many in counts.items())

    def _counts(self) -> dict[str, int]:
        names = ("filed", "quarantined", "refused", "waiting")
        counts = {name: self.count(name) for name in names}
        return {"received": len(self.items), **counts, "already_held": self.already_held}


def mailbox_for(address: str, team: Team) -> Mailbox:
    """The mailbox letters are taken for, made without servers if it is not there."""
    return mailboxes.ensure_mailbox(address=address.strip().lower(), team=team)


def existing(written: list[str]) -> tuple[list[Path], list[str]]:
    """Paths that are there, and those that are not."""
    return [Path(one) for one in written if Path(one).exists()], [one for one in written if not Path(one).exists()]


def ingest(*, mailbox: Mailbox, paths: list[Path], silent: bool, complain: Complain) -> Run:
    """Keep and interpret every letter; one child reads a hundred."""
    run = Run(mailbox.address)
    for part in batched(letters(paths, complain), BATCH):
        kept = [(found, _keep(mailbox, found, silent)) for found in part]
        run.already_held += sum(1 for _found, item in kept if item.already_held)
        fates = interpret_many(item for _found, item in kept)
        run.items += [_item(found.path, item, fate) for (found, item), fate in zip(kept, fates, strict=True)]
    return run


def replay(*, mailbox: Mailbox | None, state: str | None, since: datetime | None, dry_run: bool) -> Run:
    """Read kept letters again; the counts are of the fates afterwards."""
    run = Run(mailbox.address if mailbox else None)
    items = RawItem.objects.with_fate()
    items = items.filter(mailbox=mailbox) if mailbox else items
    items = items.filter(received_at__gte=since) if since else items
    for done in replay_each(items=_in_state(items, state), dry_run=dry_run):
        run.items.append(_item(done.item.external_id, done.item, done.fate, done.differences))
    return run


def _in_state(items: Any, state: str | None) -> Any:
    match state:
        case None:
            return items
        case "waiting":
            return items.filter(is_filed=False, is_quarantined=False, is_refused=False)
        case _:
            return items.filter(**{f"is_{state}": True})


def _keep(mailbox: Mailbox, found: Found, silent: bool) -> RawItem:
    return keep(
        mailbox=mailbox,
        raw=found.raw,
        external_id=hashlib.sha256(found.raw).hexdigest(),
        envelope={"path": found.path, **({"bare": True} if found.bare else {})},
        silent=silent,
        later=False,
    )


def _item(path: str, item: RawItem, fate: Outcome | None, differences: tuple[str, ...] = ()) -> Item:
    if item.already_held:
        return Item(path, "filed", "already_held", reference_of(item))
    match fate:
        case Filing():
            return Item(path, "filed", fate.as_what, _reference(item, fate), differences)
        case Quarantine():
            return Item(path, "quarantined", fate.why, "", differences)
        case Refusal():
            return Item(path, "refused", fate.rule, "", differences)
        case _:
            return Item(path, "waiting", "", "", differences)


def _reference(item: RawItem, filing: Filing) -> str:
    return reference_of(filing.same_as or item)


def _item_json(item: Item) -> dict[str, Any]:
    found = {"path": item.path, "state": item.state, "reason": item.reason or None, "case": item.case or None}
    return {**found, "differences": list(item.differences)}
