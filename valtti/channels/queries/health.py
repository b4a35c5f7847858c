"""What this room says of itself on the health page: a balance that is not even, folders that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from valtti.channels.email import findings
from valtti.channels.ingest.balance import balance
from valtti.channels.models import Folder, RawItem
from valtti.core import clock
from valtti.core.health import Line

WAITS_TOO_LONG = timedelta(minutes=10)


def lines() -> Iterator[Line]:
    """The balance of the house first, then each folder in trouble."""
    count = balance()
    words = _("Letters received: %(received)d, filed: %(filed)d, quarantined: %(quarantined)d, refused: %(refused)d.")
    numbers = {name: getattr(count, name) for name in ("received", "filed", "quarantined", "refused")}
    yield Line(_("Mail"), words % numbers)
    yield from _waiting()
    yield from _missing()
    for folder in Folder.objects.exclude(error_since=None).select_related("mailbox"):
        facts = {"host": folder.mailbox.imap_host, "port": str(folder.mailbox.imap_port), "folder": folder.name}
        yield Line(str(folder), findings.sentence(folder.last_error, facts), not folder.in_alarm)


def _waiting() -> Iterator[Line]:
    late = RawItem.objects.waiting().filter(received_at__lt=clock.now() - WAITS_TOO_LONG).count()
    if late:
        words = ngettext("%(late)d letter has not been read yet.", "%(late)d letters have not been read yet.", late)
        yield Line(_("Mail"), words % {"late": late}, False)


def _missing() -> Iterator[Line]:
    missing = Folder.objects.aggregate(missing=Sum("missing_here"))["missing"] or 0
    if missing:
        words = ngettext(
            "%(missing)d letter on the server is missing here.",
            "%(missing)d letters on the server are missing here.",
            missing,
        )
        yield Line(_("Mail"), words % {"missing": missing}, False)
