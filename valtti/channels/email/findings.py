"""What a live check and a failed fetch say in words: one entry a code, with what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Finding(TypedDict):
    """One step of a check as it is stored: `state` good, warn or bad; `facts` fill the sentence."""

    code: str
    state: str
    facts: dict[str, str]
    ms: int


@dataclass(frozen=True, slots=True)
class Words:
    """A short word beside the disc, and a sentence."""

    word: Any
    sentence: Any


WORDS: dict[str, Words] = {
    "name_found": Words(pgettext_lazy("finding of a mail check", "name found"), _("%(host)s, port %(port)s")),
    "line_secret": Words(
        pgettext_lazy("finding of a mail check", "line is secret"), _("%(version)s, certificate good until %(until)s")
    ),
    "line_plain": Words(
        pgettext_lazy("finding of a mail check", "line is plain"),
        _("The server is on this machine, so no TLS is needed."),
    ),
    "logged_in": Words(pgettext_lazy("finding of a mail check", "logged in"), _("User name: %(user)s")),
    "folder_found": Words(
        pgettext_lazy("finding of a mail check", "folder found"), _("%(folder)s, letters on the server: %(count)s")
    ),
    "idle": Words(pgettext_lazy("finding of a mail check", "told of new letters"), _("IDLE, renewed every 9 minutes")),
    "no_idle": Words(
        pgettext_lazy("finding of a mail check", "asked for new letters"),
        _("The server has no IDLE: it is asked every 60 seconds."),
    ),
    "clock_right": Words(
        pgettext_lazy("finding of a mail check", "clocks agree"), _("The newest letter is not from the future.")
    ),
    "clock_skew": Words(
        pgettext_lazy("finding of a mail check", "clocks differ"),
        _("The server’s newest letter is %(minutes)s minutes ahead of our clock. Check the time on both machines."),
    ),
    "letters_leave": Words(pgettext_lazy("finding of a mail check", "letters leave"), _("%(host)s, port %(port)s")),
    "trial_taken": Words(
        pgettext_lazy("finding of a mail check", "test letter taken"),
        _("It is on its way to your own address. The server said: %(said)s"),
    ),
    "trial_refused": Words(
        pgettext_lazy("finding of a mail check", "test letter refused"),
        _("The server did not take a letter to your own address. It said: %(said)s"),
    ),
    "tray": Words(
        pgettext_lazy("finding of a mail check", "letters stay here"),
        _("The outgoing server is the tray: letters are shown there and go nowhere."),
    ),
    "not_fetched": Words(
        pgettext_lazy("finding of a mail check", "not fetched"), _("No incoming server is set: letters come by hand.")
    ),
    "not_sent": Words(
        pgettext_lazy("finding of a mail check", "cannot send"),
        _("No outgoing server is set: answers cannot leave. Set one."),
    ),
    "name_unknown": Words(
        pgettext_lazy("finding of a mail check", "name not found"),
        _("There is no server of this name: %(host)s. Check the spelling."),
    ),
    "not_allowed": Words(
        pgettext_lazy("finding of a mail check", "not allowed"),
        _("%(host)s leads to an address we may not connect to. The operator can open it with VALTTI_REACH."),
    ),
    "refused": Words(
        pgettext_lazy("finding of a mail check", "nobody answers"),
        _("%(host)s takes no connection at port %(port)s. Check the port, or ask your mail provider."),
    ),
    "timeout": Words(
        pgettext_lazy("finding of a mail check", "no answer in time"),
        _("%(host)s did not answer in time at port %(port)s. Check the port and the firewall."),
    ),
    "certificate": Words(
        pgettext_lazy("finding of a mail check", "certificate is wrong"),
        _("The certificate of %(host)s is not valid for this name: %(detail)s. Nothing was sent to it."),
    ),
    "tls_refused": Words(
        pgettext_lazy("finding of a mail check", "no secret line"),
        _("%(host)s does not speak TLS at port %(port)s. Check the port and the kind of security."),
    ),
    "starttls_missing": Words(
        pgettext_lazy("finding of a mail check", "no secret line"),
        _("%(host)s offers no STARTTLS at port %(port)s. Choose TLS and its port instead."),
    ),
    "plain_refused": Words(
        pgettext_lazy("finding of a mail check", "line would be open"),
        _("Without TLS we only connect to this machine. Choose TLS or STARTTLS."),
    ),
    "login": Words(
        pgettext_lazy("finding of a mail check", "login refused"),
        _("The server does not take this user name and password. Type the password again."),
    ),
    "password_unreadable": Words(
        pgettext_lazy("finding of a mail check", "password unreadable"),
        _("The stored password was encrypted under a key that is no longer here. Type it again."),
    ),
    "folder": Words(
        pgettext_lazy("finding of a mail check", "folder not found"),
        _("There is no folder named %(folder)s in this mailbox. Check the spelling."),
    ),
    "closed": Words(
        pgettext_lazy("finding of a mail check", "line broke"),
        _("%(host)s closed the connection. We try again by ourselves."),
    ),
    "protocol": Words(
        pgettext_lazy("finding of a mail check", "answer not understood"),
        _("%(host)s answered in a way we do not understand."),
    ),
}


SIDES: dict[str, Any] = {
    "in": pgettext_lazy("side of a mail check", "Incoming:"),
    "out": pgettext_lazy("side of a mail check", "Outgoing:"),
}
"""Which of the two servers a step has tried, as its fact `side` names it."""


class _Blanks(dict[str, str]):
    """A fact that was not stored reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(code: str, facts: dict[str, str]) -> str:
    """The sentence of a code, filled; an unknown code says that the line broke."""
    words = WORDS.get(code, WORDS["closed"])
    return str(words.sentence) % _Blanks(facts)
