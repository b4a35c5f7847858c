"""One IMAP connection: log in, open a folder, list and fetch by UID, wait for news. Every fault is a MailFault."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import encode_folder

from valtti.channels.email import lines
from valtti.channels.email.lines import MailFault

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]+)"')
_FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Lying:
    """A letter as its server lists it."""

    uid: int
    size: int
    at: datetime | None
    flags: tuple[str, ...]


class _Client(imaplib.IMAP4):
    def __init__(self, host: str, port: int, security: str, timeout: float) -> None:
        self._security = security
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        wait = lines.TIMEOUT_SECONDS if timeout is None else timeout
        return lines.connect(self.host, self.port, security=self._security, timeout=wait)


class Connection(BaseMailBox):
    """Opened by `opened()`; not shared between threads."""

    def __init__(self, host: str, port: int, security: str, timeout: float = lines.TIMEOUT_SECONDS) -> None:
        self._where = (host, port, security, timeout)
        self._open: tuple[str, bool] | None = None
        self._numbers = (0, 0)
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Client(*self._where)
        if self._where[2] == "starttls":
            if "STARTTLS" not in client.capabilities:
                raise MailFault("starttls_missing")
            client.starttls(lines.context())
        return client

    @property
    def socket(self) -> socket.socket:
        """The line itself, for its certificate."""
        return self.client.sock

    @property
    def can_idle(self) -> bool:
        return "IDLE" in self.client.capabilities

    def enter(self, user: str, password: str) -> None:
        """Log in. Raises MailFault("login")."""
        with _faults("login"):
            self.login(user, password, initial_folder=None)
            self.client.capabilities = _capabilities(self.client)

    def open(self, folder: str, *, readonly: bool = True) -> tuple[int, int]:
        """Open a folder and return its UIDVALIDITY and the next UID; an open one is only looked at again.

        Raises MailFault("folder").
        """
        if self._open == (folder, readonly):
            with _faults("closed"):
                self.client.noop()
            return self._numbers
        with _faults("folder"):
            self.folder.set(folder, readonly=readonly)
        self._open = (folder, readonly)
        self._numbers = self._number("UIDVALIDITY"), self._number("UIDNEXT")
        return self._numbers

    def found(self, criterion: str) -> list[int]:
        """UIDs by one search criterion, in order."""
        answers = self._uid("SEARCH", criterion)
        return sorted(int(uid) for line in answers if line for uid in line.split())

    def listed(self, uids: Sequence[int]) -> list[Lying]:
        """What the server says of these letters, in the order of their UIDs."""
        if not uids:
            return []
        answers = self._uid("FETCH", _joined(uids), "(UID RFC822.SIZE INTERNALDATE FLAGS)")
        found = [_lying(line) for line in answers if isinstance(line, bytes) and _UID.search(line)]
        return sorted((one for one in found if one.uid in set(uids)), key=lambda one: one.uid)

    def whole(self, uid: int) -> bytes | None:
        """The letter byte for byte, its flags untouched; None when it is gone."""
        return self._literal(uid, "BODY.PEEK[]")

    def head(self, uid: int) -> bytes | None:
        """Its header block alone."""
        return self._literal(uid, "BODY.PEEK[HEADER]")

    def carry_off(self, uids: Sequence[int], folder: str) -> None:
        """Move letters to another folder of the same mailbox."""
        target = encode_folder(folder)
        if "MOVE" in self.client.capabilities:
            self._uid("MOVE", _joined(uids), target)
            return
        self._uid("COPY", _joined(uids), target)
        self.remove(uids)

    def remove(self, uids: Sequence[int]) -> None:
        """Delete exactly these letters; without UIDPLUS they are only marked, lest others' marks be carried out."""
        self._uid("STORE", _joined(uids), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self.client.capabilities:
            self._uid("EXPUNGE", _joined(uids))

    def wait_for_news(self, seconds: float, is_over: Callable[[], bool], look_every: float) -> bool:
        """Wait by IDLE until the server has news, the time is up or `is_over` says so; True when there was news."""
        ends = time.monotonic() + seconds
        news = False
        with _faults("closed"):
            self.idle.start()
            while not news and not is_over() and (left := ends - time.monotonic()) > 0:
                news = bool(self.idle.poll(timeout=min(look_every, left)))
            self.idle.stop()
        return news

    def leave(self) -> None:
        """Say goodbye; a line that is dead already is closed."""
        try:
            self.client.logout()
        except (imaplib.IMAP4.error, OSError):
            self.client.shutdown()

    def _uid(self, command: str, *arguments: Any) -> list[Any]:
        with _faults("closed"):
            state, data = self.client.uid(command, *arguments)
            if state != "OK":
                raise MailFault("protocol", command)
            return data

    def _literal(self, uid: int, what: str) -> bytes | None:
        answers = self._uid("FETCH", str(uid), f"(UID {what})")
        return next((part[1] for part in answers if isinstance(part, tuple) and _is_of(part, answers, uid)), None)

    def _number(self, name: str) -> int:
        values: Any = self.client.untagged_responses.get(name) or [b"0"]
        digits = re.search(rb"\d+", values[-1])
        return int(digits.group()) if digits else 0


@contextmanager
def opened(host: str, port: int, security: str, timeout: float = lines.TIMEOUT_SECONDS) -> Iterator[Connection]:
    """A connection that is closed again, whatever happens."""
    with _faults("closed"):
        connection = Connection(host, port, security, timeout)
    try:
        yield connection
    finally:
        connection.leave()


@contextmanager
def _faults(code: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        raise MailFault("certificate", str(wrong.verify_message)) from wrong
    except ssl.SSLError as wrong:
        raise MailFault("tls_refused") from wrong
    except TimeoutError as late:
        raise MailFault("timeout") from late
    except (imaplib.IMAP4.abort, OSError) as gone:
        raise MailFault("closed") from gone
    except (imaplib.IMAP4.error, ImapToolsError) as refused:
        raise MailFault(code) from refused


def _capabilities(client: imaplib.IMAP4) -> tuple[str, ...]:
    _state, data = client.capability()
    return tuple(data[-1].decode("ascii", "replace").upper().split())


def _joined(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _is_of(part: tuple[bytes, bytes], answers: list[Any], uid: int) -> bool:
    """The UID stands before the literal or, with some servers, after it."""
    place = answers.index(part) + 1
    after: Any = answers[place] if place < len(answers) else b""
    found = _UID.search(part[0]) or (_UID.search(after) if isinstance(after, bytes) else None)
    return found is not None and int(found.group(1)) == uid


def _lying(line: bytes) -> Lying:
    uid, size, at, flags = _UID.search(line), _SIZE.search(line), _DATE.search(line), _FLAGS.search(line)
    assert uid is not None
    return Lying(
        uid=int(uid.group(1)),
        size=int(size.group(1)) if size else 0,
        at=_moment(at.group(1)) if at else None,
        flags=tuple(flags.group(1).decode("ascii", "replace").split()) if flags else (),
    )


def _moment(written: bytes) -> datetime | None:
    try:
        return datetime.strptime(written.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None
