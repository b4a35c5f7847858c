"""Letters forwarded inside the text, with what their headers say."""

from __future__ import annotations

from valtti.channels.email.parse import addresses
from valtti.channels.email.schema import Address, Forward
from valtti.channels.email.trim.blocks import Opening, is_forward_end
from valtti.channels.email.trim.history import History
from valtti.channels.email.trim.lines import Line

_MOST = 20
_MOST_HEADER = 4000


def forwards(text: str, lines: list[Line], history: History, forwarded: bool) -> list[Forward]:
    """Every letter that was passed on: named so by a line, standing alone, or under a subject that says so."""
    found: list[Forward] = []
    openings = history.openings
    for number, one in enumerate(openings[:_MOST]):
        named = one.forward or (number == 0 and (history.pure_forward or forwarded))
        if not named or one.block is None:
            continue
        later = next((other.start for other in openings[number + 1 :] if other.forward), len(lines))
        closed = next((at for at in range(one.body, later) if is_forward_end(lines[at])), later)
        found.append(_forward(text, lines, one, closed))
    return found


def _forward(text: str, lines: list[Line], one: Opening, end: int) -> Forward:
    assert one.block is not None
    values = one.block.values
    start = lines[one.start].start
    stop = lines[end - 1].end if end > one.body else lines[one.body - 1].end
    body = lines[one.body].start if one.body < len(lines) else len(text)
    return {
        "from": next(iter(_people(values.get("from", ""))), None),
        "to": _people(values.get("to", "")),
        "date": values.get("sent") or None,
        "subject": values.get("subject") or None,
        "text": text[body : max(stop, body)].strip("\n "),
        "start": start,
        "end": max(stop, start),
    }


def _people(value: str) -> list[Address]:
    """Addresses as programs write them in a text: links and square brackets instead of angle ones."""
    value = value[:_MOST_HEADER].replace("[mailto:", "<").replace("<mailto:", " <").replace("]", ">").replace("[", "<")
    return addresses.parse(value.replace("*", " "))
