"""Write as a customer, in the demo: real bytes that take the whole road from raw item to case."""

from __future__ import annotations

import secrets
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from valtti.channels import ingest
from valtti.channels.email.letterform import one_line
from valtti.channels.models import Mailbox, RawItem
from valtti.core import clock
from valtti.core.models import OutgoingPost


def write_as_customer(
    *, mailbox: Mailbox, name: str, address: str, subject: str, text: str, answer_to: OutgoingPost | None = None
) -> RawItem:
    """Keep the customer's letter as if it had come by post; its reading is queued."""
    letter = EmailMessage(policy=SMTP)
    local, _, domain = address.rpartition("@")
    letter["From"] = Address(display_name=one_line(name), username=local, domain=domain)
    letter["To"] = mailbox.address
    letter["Subject"] = one_line(subject)
    letter["Date"] = format_datetime(clock.now())
    letter.set_content(text)
    ids = f"Message-ID: <{secrets.token_hex(12)}@{domain}>\r\n" + _thread(answer_to)
    raw = ids.encode("ascii") + letter.as_bytes()
    return ingest.keep(
        mailbox=mailbox, raw=raw, external_id=f"tray:{secrets.token_hex(16)}", envelope={"written_in_tray": True}
    )


def _thread(answer_to: OutgoingPost | None) -> str:
    if answer_to is None or not answer_to.message_id:
        return ""
    earlier = answer_to.headers.get("References", "").split()
    chain = " ".join([*earlier[-5:], f"<{answer_to.message_id}>"])
    folded = chain.replace(" ", "\r\n ")
    return f"In-Reply-To: <{answer_to.message_id}>\r\nReferences: {folded}\r\n"
