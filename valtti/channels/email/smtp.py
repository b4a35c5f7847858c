"""One SMTP delivery, and how it ended: taken, put off, refused, or unknown because the line broke at the end."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from valtti.channels.email import lines
from valtti.channels.email.lines import MailFault


@dataclass(frozen=True, slots=True)
class Server:
    """Where to hand letters over."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    timeout: float = lines.TIMEOUT_SECONDS


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said of one letter; `refused` names the recipients it did not take."""

    code: int
    text: str
    refused: tuple[tuple[str, int, str], ...] = ()


class LineBroke(Exception):
    """The connection ended. `after_last_byte`: the letter was handed over whole, nobody said whether it was taken."""

    def __init__(self, after_last_byte: bool) -> None:
        super().__init__()
        self.after_last_byte = after_last_byte


class _Client(smtplib.SMTP):
    """Remembers whether the last byte of a letter has gone."""

    last_byte_gone = False
    before_last_byte: Callable[[], None] = staticmethod(lambda: None)

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__(timeout=server.timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        self._host = host  # the name that STARTTLS checks the certificate against
        return lines.connect(host, port, security=self._server.security, timeout=timeout)

    def hand_over(self, letter: bytes) -> tuple[int, bytes]:
        """DATA, the letter, its end; what the server says last."""
        code, said = self.docmd("data")
        if code != 354:
            return code, said
        self.send(_dotted(letter))
        self.before_last_byte()
        self.last_byte_gone = True
        self.send(b".\r\n")
        return self.getreply()


@contextmanager
def opened(server: Server) -> Iterator[_Client]:
    """A connection, greeted, secret and logged in. Raises MailFault."""
    client = _Client(server)
    try:
        with _faults("closed"):
            _greet(client, server)
        yield client
    finally:
        client.close()


def deliver(
    server: Server,
    sender: str,
    recipients: Sequence[str],
    letter: bytes,
    before_last_byte: Callable[[], None] = lambda: None,
) -> Reply:
    """Hand one letter over. Raises MailFault before it begins, LineBroke when the line ends in the middle."""
    with opened(server) as client:
        client.before_last_byte = before_last_byte
        try:
            reply = _transact(client, sender, recipients, letter)
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            return reply
        except (smtplib.SMTPServerDisconnected, OSError) as broke:
            raise LineBroke(client.last_byte_gone) from broke
        except (smtplib.SMTPException, ValueError) as odd:
            raise MailFault("protocol") from odd


def _greet(client: _Client, server: Server) -> None:
    code, _said = client.connect(server.host, server.port)
    if code != 220:
        raise MailFault("closed")
    client.ehlo_or_helo_if_needed()
    if server.security == "starttls":
        _make_secret(client)
    if server.user:
        with _faults("login"):
            client.login(server.user, server.password)


def _make_secret(client: _Client) -> None:
    if not client.has_extn("starttls"):
        raise MailFault("starttls_missing")
    client.starttls(context=lines.context())
    client.ehlo_or_helo_if_needed()


def _transact(client: _Client, sender: str, recipients: Sequence[str], letter: bytes) -> Reply:
    code, said = client.mail(sender, [f"size={len(letter)}"] if client.has_extn("size") else [])
    if code != 250:
        return _reply(code, said)
    refused = []
    for one in recipients:
        code, said = client.rcpt(one)
        if code not in {250, 251}:
            refused.append((one, code, _words(said)))
    if len(refused) == len(recipients):
        return Reply(refused[0][1], refused[0][2], tuple(refused))
    code, said = client.hand_over(letter)
    return _reply(code, said, tuple(refused))


def _reply(code: int, said: bytes, refused: tuple[tuple[str, int, str], ...] = ()) -> Reply:
    return Reply(code, _words(said), refused)


def _words(said: bytes) -> str:
    return said.decode("utf-8", "replace")[:500]


def _dotted(letter: bytes) -> bytes:
    """RFC 5321 4.5.2: a line that begins with a dot gets another; the dot alone at the end comes after."""
    even = letter if letter.endswith(b"\r\n") else letter + b"\r\n"
    dotted = even.replace(b"\r\n.", b"\r\n..")
    return b"." + dotted if dotted.startswith(b".") else dotted


@contextmanager
def _faults(code: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as wrong:
        raise MailFault("certificate", str(wrong.verify_message)) from wrong
    except ssl.SSLError as wrong:
        raise MailFault("tls_refused") from wrong
    except smtplib.SMTPNotSupportedError as missing:
        raise MailFault(code) from missing
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPResponseException) as refused:
        raise MailFault(code if refused.smtp_code >= 500 else "closed") from refused
    except TimeoutError as late:
        raise MailFault("timeout") from late
    except (smtplib.SMTPException, OSError) as gone:
        raise MailFault("closed") from gone
