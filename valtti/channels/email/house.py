"""Where a piece of post leaves from: a mailbox with its own server, or the house's one for letters of no mailbox."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

from valtti.channels.email.lines import MailFault
from valtti.channels.email.smtp import Server
from valtti.channels.models import Mailbox
from valtti.channels.models.mailbox import TRAY
from valtti.core import keys
from valtti.people import queries as people

HOUSE, PRODUCT = "house", "Valtti"


@dataclass(frozen=True, slots=True)
class Source:
    """`server` is None for the tray. `host` stands in message ids."""

    address: str
    name: str
    server: Server | None
    subaddress_ok: bool = False

    @property
    def host(self) -> str:
        return self.address.rpartition("@")[2]


def source_of(name: str, team_id: int | None = None) -> Source:
    """The source a piece of post names; a team's letter without one leaves from the team's mailbox.

    Raises MailFault when it cannot send.
    """
    mailbox = Mailbox.objects.filter(address__iexact=name).first()
    if name == HOUSE:
        mailbox = Mailbox.objects.filter(team_id=team_id or 0, active=True).exclude(smtp_host="").order_by("pk").first()
        if mailbox is None:
            return replace(house(), name=people.house().name)
    if mailbox is None or not mailbox.smtp_host:
        raise MailFault("not_sent")
    server = None if mailbox.uses_tray else server_of(mailbox)
    return Source(mailbox.address, mailbox.sender_name or mailbox.team.name, server, mailbox.subaddress_ok)


def house() -> Source:
    """The house itself, by VALTTI_POST: `tray`, smtp:// (STARTTLS; plain on this machine) or smtps:// (TLS)."""
    public = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    if settings.LETTERS == TRAY:
        return Source(f"valtti@{public}", PRODUCT, None)
    parts = urlsplit(settings.LETTERS)
    user = unquote(parts.username or "")
    wanted = parse_qs(parts.query).get("from", [user if "@" in user else f"valtti@{public}"])[0]
    security = "tls" if parts.scheme == "smtps" else "none" if _is_here(parts.hostname or "") else "starttls"
    port = parts.port or {"tls": 465, "starttls": 587, "none": 25}[security]
    return Source(wanted, PRODUCT, Server(parts.hostname or "", port, security, user, unquote(parts.password or "")))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def server_of(mailbox: Mailbox) -> Server:
    """The outgoing server of a mailbox. Raises MailFault when its password cannot be read."""
    return Server(
        host=mailbox.smtp_host,
        port=mailbox.smtp_port,
        security=mailbox.smtp_security,
        user=mailbox.smtp_user,
        password=password_of(mailbox.smtp_password),
    )


def password_of(stored: str) -> str:
    """The password a mailbox keeps; a key that is gone reads as a failed login, not as a crash."""
    try:
        return keys.decrypt(stored) if stored else ""
    except keys.Unreadable as lost:
        raise MailFault("password_unreadable") from lost


def keeps_tray() -> bool:
    """Letters may stay here to be looked at: in the demo, and while the house's own letters stay here too."""
    return settings.DEMO or settings.LETTERS == TRAY


def our_hosts() -> list[str]:
    """Domains that stand in message ids of ours."""
    domains = {address.rpartition("@")[2].casefold() for address in Mailbox.objects.values_list("address", flat=True)}
    return sorted(domains | {house().host.casefold()})
