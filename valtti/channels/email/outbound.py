"""The carrier of e-mail: the letter is built once and stored; every try sends the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.utils import parseaddr

from valtti.channels.email import letterform, smtp, thread
from valtti.channels.email.bounces import classes
from valtti.channels.email.house import Source, source_of
from valtti.channels.email.letterform import Attached, HeaderRefused, Parts
from valtti.channels.email.letterhtml import Board
from valtti.channels.email.lines import MailFault
from valtti.channels.email.secrets import loop_marker, reply_keys
from valtti.channels.ingest.judging import is_own_mailbox
from valtti.core import clock, files, outbox
from valtti.core.models import OutgoingPost
from valtti.core.outbox import Accepted, Delayed, Refused, RefusedFor, Uncertain
from valtti.desk.letters import Written
from valtti.desk.models import Message
from valtti.desk.queries.letter_parts import parts_of

PAUSING = frozenset(
    {
        *("login", "not_sent", "password_unreadable", "not_allowed"),
        *("certificate", "tls_refused", "starttls_missing", "plain_refused"),
    }
)
"""Faults that no second try of the same letter can mend: the whole source waits for a person instead."""

BOARD = ("heading", "when", "what", "note")
_RELAY_ID = re.compile(r"(?:queued as|id[= ]|<)\s*([A-Za-z0-9][\w.@-]{3,100})", re.IGNORECASE)

type Result = Accepted | Delayed | Refused | Uncertain


@outbox.carrier("email")
def send(post: OutgoingPost) -> Result:
    """Hand one piece of post over. Never raises for the other side's faults."""
    if post.automatic and any(is_own_mailbox(address) for address in post.to):
        return Refused("policy", "our own mailboxes never answer each other")
    try:
        source = source_of(post.source, post.team_id)
        raw = letter_of(post, source)
    except MailFault as fault:
        return Delayed(fault.code, pause_source=True)
    except (HeaderRefused, UnicodeError, ValueError):
        return Refused("protocol_error", "the letter's addresses or names cannot stand in a header")
    if source.server is None:
        return Accepted(f"tray:{post.pk}")
    return _handed_over(post, source, source.server, raw)


def _handed_over(post: OutgoingPost, source: Source, server: smtp.Server, raw: bytes) -> Result:
    sender = "" if post.automatic else source.address
    written = {_path(address): address for address in post.to}
    try:
        reply = smtp.deliver(server, sender, list(written), raw, lambda: outbox.handing_over(post))
    except MailFault as fault:
        return Delayed(fault.code, pause_source=fault.code in PAUSING)
    except smtp.LineBroke as broke:
        return Uncertain("the line broke after the last byte") if broke.after_last_byte else Delayed("closed")
    return told(reply, written)


def told(reply: smtp.Reply, written: Mapping[str, str] | None = None) -> Result:
    """What a server's reply means; 4xx comes again, 5xx never. `written`: recipients as the post names them."""
    said = f"{reply.code} {reply.text}".strip()
    if reply.code in {250, 251}:
        refused = (_refused_for((written or {}).get(path, path), code, text) for path, code, text in reply.refused)
        return Accepted(relay_id(reply.text), tuple(refused))
    if 400 <= reply.code < 500:
        return Delayed(said)
    return Refused(classes.classify(classes.status_in(reply.text), reply.text), said)


def _refused_for(address: str, code: int, text: str) -> RefusedFor:
    # Others have the letter already: it does not go again by itself, a "later" for one is told as a no.
    bounce_class = classes.classify(classes.status_in(text), text)
    return RefusedFor(address, bounce_class, f"{code} {text}".strip(), lasting=code >= 500)


def relay_id(said: str) -> str:
    """The number the relay gave the letter, as relays write it; else the whole of what it said."""
    found = _RELAY_ID.search(said)
    return found.group(1) if found else said[:120]


def letter_of(post: OutgoingPost, source: Source) -> bytes:
    """The stored bytes; built and stored at the first try."""
    if post.letter_sha256:
        return files.read(post.letter_sha256)
    parts = _parts(post, source)
    raw = letterform.build(parts)
    outbox.keep_letter(post, message_id=parts.message_id, sha256=files.keep(raw))
    return raw


def rebuilt(post: OutgoingPost, source: Source) -> bytes:
    """The letter made again under the number it has, as of now; nothing is stored."""
    return letterform.build(replace(_parts(post, source), message_id=post.message_id))


def _parts(post: OutgoingPost, source: Source) -> Parts:
    headers, token, said = post.headers, _token(post), _in_parts(post)
    return Parts(
        sender=source.address,
        sender_name=source.name,
        to=tuple(post.to),
        subject=headers.get("Subject", ""),
        body=post.body,
        language=post.language,
        message_id=thread.message_id(token or thread.new_nonce(), source.host),
        at=clock.now(),
        loop_marker=f"{loop_marker()}@{source.host}",
        reply_to=_reply_to(source, token),
        in_reply_to=_bare(headers.get("In-Reply-To", "")),
        references=tuple(_bare(one) for one in headers.get("References", "").split()),
        automatic=post.automatic,
        words=said.words if said else "",
        writer=said.writer if said else "",
        board=Board(**{name: getattr(said.step, name) for name in BOARD}) if said and said.step else None,
        foot=said.foot if said else (),
        files=_files(post.files),
    )


def _in_parts(post: OutgoingPost) -> Written | None:
    """An answer of the desk in its parts, for the richer form; other post is its body alone."""
    if post.subject_kind != "desk.message":
        return None
    message = Message.objects.select_related("case__team__calendar", "author_user").filter(pk=post.subject_id).first()
    return parts_of(message) if message else None


def _files(named: Sequence[dict[str, str]]) -> tuple[Attached, ...]:
    return tuple(Attached(file["name"], file.get("media_type", ""), files.read(file["sha256"])) for file in named)


def _token(post: OutgoingPost) -> str:
    case_id, contact_point_id = post.facts.get("case_id"), post.facts.get("contact_point_id")
    if not case_id or not contact_point_id:
        return ""
    expires_on = (clock.now() + thread.LIFE).date()
    return thread.make_token(
        case_id=case_id, contact_point_id=contact_point_id, expires_on=expires_on, keys=reply_keys()
    )


def _reply_to(source: Source, token: str) -> str:
    return (thread.reply_address(source.address, token) or "") if token and source.subaddress_ok else ""


def _bare(one: str) -> str:
    return one.strip().removeprefix("<").removesuffix(">")


def _path(address: str) -> str:
    local, _, domain = parseaddr(address)[1].rpartition("@")
    return f"{local}@{domain.encode('idna').decode() if not domain.isascii() else domain}"
