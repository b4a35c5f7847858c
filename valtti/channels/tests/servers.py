"""Real servers on loopback for the tests: SMTP that does as its script says, IMAP with a mailbox of its own."""

from __future__ import annotations

import asyncio
import imaplib
import logging
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import AuthResult, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.ERROR)

HERE = "127.0.0.1"
USER, PASSWORD = "kaiku", "a-quiet-harbour"


@dataclass
class Script:
    """What the SMTP server answers, one entry a letter; after the last everything is taken.

    An entry is a reply ("250 …", "451 …", "550 …"), "drop" (cut the line after the last byte) or "hang".
    """

    replies: list[str] = field(default_factory=list)
    letters: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    password: str | None = None

    async def handle_RCPT(
        self, server: Protocol, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: Protocol, session: Session, envelope: Envelope) -> str:
        reply = self.replies.pop(0) if self.replies else "250 2.0.0 Ok: queued as ABC123"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if reply == "drop":
            self.letters.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 never heard"
        if reply == "hang":
            await asyncio.sleep(30)
        if reply.startswith("250"):
            self.letters.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
        return reply

    def authenticate(self, server: Protocol, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == (self.password or "").encode(), handled=False)


class SmtpServer(Controller):
    """An SMTP server on a free port."""

    def __init__(self, script: Script, **options: Any) -> None:
        if script.password is not None:
            options |= {"authenticator": script.authenticate, "auth_require_tls": False, "auth_required": True}
        super().__init__(script, hostname=HERE, port=free_port(), **options)

    def __enter__(self) -> SmtpServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class ImapServer:
    """A pymap server in a process of its own: letters are put in by APPEND."""

    def __init__(self) -> None:
        self.port = free_port()
        # Without the collector: it takes connections away under the server's hands (its tasks are held weakly).
        start = "import gc, sys; gc.disable(); from pymap.main import main; sys.exit(main())"
        command = [sys.executable, "-c", start, "--host", HERE, "--port", str(self.port), "--no-tls"]
        user = ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
        self.process = subprocess.Popen([*command, *user], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> ImapServer:
        wait_until(lambda: is_open(self.port))
        return self

    def put(self, letter: bytes, folder: str = "INBOX") -> None:
        """Lay a letter into a folder."""
        client = imaplib.IMAP4(HERE, self.port)
        client.login(USER, PASSWORD)
        state, _data = client.append(folder, None, None, letter)
        client.logout()
        assert state == "OK"

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def is_open(port: int) -> bool:
    try:
        socket.create_connection((HERE, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def wait_until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise AssertionError("it did not come true in time")
        time.sleep(0.05)
