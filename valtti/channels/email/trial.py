"""A test letter to the administrator who asks for it, and what the outgoing server says of it."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from valtti.channels.email import letterform, smtp, thread
from valtti.channels.email.check import Steps
from valtti.channels.email.findings import Finding
from valtti.channels.email.house import Source, source_of
from valtti.channels.email.letterform import Parts
from valtti.channels.email.lines import MailFault
from valtti.channels.email.secrets import loop_marker
from valtti.channels.models import Mailbox
from valtti.core import clock
from valtti.people.models import User

TAKEN = frozenset({250, 251})


def send(mailbox: Mailbox, to: User) -> list[Finding]:
    """Hand one letter over as an answer would be. Nothing where letters do not leave: the check has said so."""
    if mailbox.uses_tray or not mailbox.smtp_host:
        return []
    steps = Steps(side="out", host=mailbox.smtp_host, port=str(mailbox.smtp_port), user=mailbox.smtp_user)
    with steps.until_fault():
        source = source_of(mailbox.address)
        assert source.server is not None
        try:
            reply = smtp.deliver(source.server, source.address, [to.email], _letter(source, to))
        except smtp.LineBroke as broke:
            raise MailFault("closed") from broke
        said = f"{reply.code} {reply.text}".strip()
        taken = reply.code in TAKEN
        steps.say("trial_taken" if taken else "trial_refused", "good" if taken else "bad", said=said)
    return steps.found


def _letter(source: Source, to: User) -> bytes:
    language = to.language or settings.LANGUAGE_CODE
    with translation.override(language):
        subject = _("A test letter of %(mailbox)s") % {"mailbox": source.address}
        body = _("This letter shows that letters of the mailbox leave. Nobody has to answer it.")
    return letterform.build(
        Parts(
            sender=source.address,
            sender_name=source.name,
            to=(to.email,),
            subject=subject,
            body=body,
            language=language,
            message_id=thread.message_id(thread.new_nonce(), source.host),
            at=clock.now(),
            loop_marker=f"{loop_marker()}@{source.host}",
            automatic=True,
        )
    )
