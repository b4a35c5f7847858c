"""A line to a mail server: resolved once, only to addresses we may reach, secret unless it ends on this machine."""

from __future__ import annotations

import socket
import ssl
from ipaddress import ip_address

from valtti.core import reach

TIMEOUT_SECONDS = 30.0


class MailFault(Exception):
    """Something at the mail server's side. `code` is one of findings.WORDS, `detail` fit to be shown and logged."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def connect(host: str, port: int, *, security: str, timeout: float = TIMEOUT_SECONDS) -> socket.socket:
    """An open socket, wrapped in TLS when `security` is tls. Raises MailFault with what stands in the way."""
    until = reach.deadline(timeout)
    try:
        found = reach.reach(host, port, until=until, private=True, any_port=True)
        if security == "none" and not all(ip_address(one).is_loopback for one in found):
            raise MailFault("plain_refused")
        line = reach.connect(found, port, until)
    except reach.Refused as refused:
        raise MailFault("name_unknown" if refused.code == "name" else "not_allowed") from refused
    except reach.Failed as failed:
        raise MailFault("timeout" if failed.code == "timeout" else "refused") from failed
    line.settimeout(timeout)
    return secret(line, host) if security == "tls" else line


def secret(line: socket.socket, host: str) -> ssl.SSLSocket:
    """The same line under TLS, the name checked against the certificate."""
    try:
        return context().wrap_socket(line, server_hostname=host)
    except ssl.SSLCertVerificationError as wrong:
        line.close()
        raise MailFault("certificate", str(wrong.verify_message)) from wrong
    except (ssl.SSLError, OSError) as fault:
        line.close()
        raise MailFault("tls_refused") from fault


def context() -> ssl.SSLContext:
    """TLS 1.2 and newer, certificates verified."""
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made
