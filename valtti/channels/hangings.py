"""What this room hangs on the shells: links to its pages, what it says of its health, the fetchers."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from valtti.channels.email import residents as fetchers
from valtti.channels.email.forms import MailboxForm
from valtti.channels.email.house import keeps_tray
from valtti.channels.queries import health, outgoing, quarantine
from valtti.core import audit_words, permissions
from valtti.core.health import report
from valtti.core.residents import resident
from valtti.people.models import User
from valtti.ui import links

DEEDS = {
    "mailbox.made": pgettext_lazy("audit log", "Mailbox set up"),
    "mailbox.changed": pgettext_lazy("audit log", "Mailbox changed"),
    "letter.refused": pgettext_lazy("audit log", "Letter refused"),
    "post.readdressed": pgettext_lazy("audit log", "Letter sent again to another address"),
    "post.stopped": pgettext_lazy("audit log", "Outgoing letter stopped"),
    "post.tried_again": pgettext_lazy("audit log", "Outgoing letter tried again"),
    "source.read": pgettext_lazy("audit log", "Source of a letter read"),
    "source.downloaded": pgettext_lazy("audit log", "Source of a letter downloaded"),
}
KINDS = {
    "channels.mailbox": pgettext_lazy("audit log", "mailbox"),
    "channels.rawitem": pgettext_lazy("audit log", "letter"),
    "core.outgoingpost": pgettext_lazy("audit log", "outgoing letter"),
}


def keeps_mailboxes(user: User) -> bool:
    """Sets mailboxes up, or answers for what comes into them."""
    return permissions.may(user, "mailboxes.manage") or permissions.may(user, "quarantine.handle")


def handles_quarantine(user: User) -> bool:
    """Decides on letters that could not be filed."""
    return permissions.may(user, "quarantine.handle")


def reads_source(user: User) -> bool:
    """Reads letters byte for byte."""
    return permissions.may(user, "source.read")


def reads_tray(user: User) -> bool:
    """Sees what would have left, where there is a tray: administrators, in the demo everybody."""
    return keeps_tray() and permissions.may(user, "tray.read")


def hang() -> None:
    """Links, fetchers and what we say of our health."""
    links.hang("channels", "channels:mailboxes", _("Mailboxes"), "mail", "", 10, None, keeps_mailboxes)
    links.hang(
        "channels",
        "channels:quarantine",
        _("Quarantine"),
        "shield-question-mark",
        "",
        20,
        quarantine.waiting_count,
        handles_quarantine,
    )
    links.hang("channels", "channels:outbox", _("Outbox"), "send", "", 30, outgoing.stuck_count, keeps_mailboxes)
    links.hang("channels", "channels:tray", _("Tray"), "inbox", "", 40, None, reads_tray)
    links.hang("returned", "channels:address", _("Change the address and send again"), "send", "", 10)
    links.hang("message", "channels:raw", _("Source"), "file-text", "", 50, None, reads_source)
    links.hang(
        "team",
        "channels:quarantine",
        _("Quarantine"),
        "shield-question-mark",
        "",
        20,
        quarantine.waiting_count,
        handles_quarantine,
    )
    links.hang("team", "channels:outbox", _("Outbox"), "send", "", 30, outgoing.stuck_count, handles_quarantine)
    for slot in ("me", "house"):
        links.hang(slot, "channels:mailboxes", _("Mailboxes"), "mail", "", 60, None, keeps_mailboxes)
    if settings.DEMO:
        links.hang("menu", "channels:tray", _("Tray"), "send", "", 90, None, reads_tray)
    else:
        links.hang("me", "channels:tray", _("Tray"), "send", "", 65, None, reads_tray)
    audit_words.name(deeds=DEEDS, kinds=KINDS, parts=MailboxForm.Meta.labels, by_name=("channels.mailbox",))
    resident("fetch", fetchers.stay_with, fetchers.wanted)
    report(health.lines)
