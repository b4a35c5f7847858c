"""From a read letter to the Letter of the desk: addresses made equal, evidence gathered, files stored by hash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from valtti.channels.email import thread
from valtti.channels.email.schema import Address, Attachment, Hidden
from valtti.channels.email.schema import Letter as Read
from valtti.channels.email.secrets import reply_keys
from valtti.channels.ingest.reading import Reading
from valtti.channels.models import RawItem
from valtti.core import files
from valtti.desk.letter import Letter, LetterFile, Person, TokenSeen

LIMITED, TOO_BIG = "not_shown_safely", "left_on_server"


def letter(item: RawItem, reading: Reading) -> Letter:
    """What the desk is told of one letter; its team is the mailbox's."""
    read, mailbox = reading.read, item.mailbox
    assert mailbox is not None
    seen = thread.evidence(read)
    token, is_broken = _token(seen.tokens, item.received_at)
    received = _received(item, read)
    return Letter(
        raw_item_id=item.pk,
        mailbox=mailbox.address,
        team_id=mailbox.team_id,
        received_at=received,
        sender=_person(read["author"]),
        to=_people(read["headers"]["to"]),
        cc=_people(read["headers"]["cc"]),
        subject=read["headers"]["subject"],
        subject_plain=read["headers"]["subject_plain"],
        text=read["body"]["text"],
        ranges=tuple((start, end) for start, end in read["reply"]["ranges"]),
        hidden=tuple(map(_stretch, read["reply"]["hidden"])),
        html_sha256=files.keep(html.encode()) if (html := read["body"]["html_safe"]) else "",
        language=read["body"]["language"] or "",
        message_id=read["headers"]["message_id"],
        earlier_ids=seen.ids,
        token=token,
        token_broken=is_broken,
        trust=read["trust"]["result"],
        is_automatic=read["automatic"],
        automatic_kind=read["kind"] if read["automatic"] else "",
        may_be_answered_automatically=read["may_answer_automatically"] and read["kind"] != "unsure",
        files=tuple(_file(one) for one in read["attachments"]),
        notice=notice(item, read),
        silent=item.silent,
        mailbox_languages=(mailbox.language,),
    )


def _token(texts: Iterable[str], at: datetime) -> tuple[TokenSeen | None, bool]:
    """The first token that is true on that day, else an expired one; and whether one was foreign or broken."""
    expired, is_broken = None, False
    for text in texts:
        read = thread.read_token(text, keys=reply_keys(), today=at.date())
        if read.state == "broken" or read.case_id is None or read.contact_point_id is None:
            is_broken = True
            continue
        seen = TokenSeen(read.case_id, read.contact_point_id, expired=read.state == "expired")
        if not seen.expired:
            return seen, False
        expired = expired or seen
    return expired, is_broken and expired is None


def notice(item: RawItem, read: Read) -> str:
    """What the reader must know: part of it lies elsewhere or cannot be shown."""
    if item.envelope.get("left_on_server"):
        return TOO_BIG
    return LIMITED if read["outcome"] == "limited" else ""


def _received(item: RawItem, read: Read) -> datetime:
    """Old mail from files has no other moment of receipt than the one it names."""
    date = read["headers"]["date"]
    if item.silent and "uid" not in item.envelope and date and date["utc"]:
        written = datetime.fromisoformat(date["utc"])
        return min(written, item.received_at)
    return item.received_at


def _stretch(hidden: Hidden) -> dict[str, str | int]:
    return {"kind": hidden["kind"], "start": hidden["start"], "end": hidden["end"], "rule": hidden["rule"]}


def _people(addresses: Iterable[Address]) -> tuple[Person, ...]:
    found = (_person(address) for address in addresses)
    return tuple(person for person in found if person is not None)


def _person(address: Address | None) -> Person | None:
    if address is None or not address["valid"]:
        return None
    shown = address["address"] or ""
    return Person(
        address=(address["ascii"] or shown).casefold(),
        shown=shown,
        name=address["name"] or "",
        deceptive=address["deceptive"],
    )


def _file(one: Attachment) -> LetterFile:
    return LetterFile(
        sha256=one["sha256"],
        name=one["name"] or one["safe_name"],
        safe_name=one["safe_name"],
        media_type=one["media_type"],
        sniffed_type=one["sniffed_type"],
        size=one["size"],
        content_id=one["content_id"] or "",
        inline=one["inline"],
        state=one["state"],
    )
