"""This room's share of the cast: mailboxes of North and Business whose letters stay in the tray."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from valtti.channels import ingest
from valtti.channels.actions.mailboxes import set_up_mailbox
from valtti.channels.email import outbound
from valtti.channels.models import Mailbox, RawItem
from valtti.core import clock
from valtti.core.models import OutgoingPost
from valtti.desk.models import Message
from valtti.desk.testing import DeskTestCase, carried_by
from valtti.people.models import Team

NORTH_ADDRESS = "asiakaspalvelu@kaiku.example"
BUSINESS_ADDRESS = "yritys@kaiku.example"


def stage_mailbox(address: str, team: Team, **fields: Any) -> Mailbox:
    """A mailbox that fetches nothing and sends to the tray, unless told otherwise."""
    given = {"address": address, "team": team, "sender_name": "Kaiku Kuitu Oy", "smtp_host": "tray", **fields}
    return set_up_mailbox(fields=given, folders=["INBOX"] if fields.get("imap_host") else [])


def written(
    *,
    sender: str = "Pekka Lehtonen <pekka.lehtonen@posti.example>",
    to: str = NORTH_ADDRESS,
    subject: str = "Lasku on väärin",
    text: str = "Hei!\n\nLaskussa on väärä summa.\n\nPekka",
    message_id: str = "",
    headers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A letter as a customer's program makes it."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Date"] = format_datetime(clock.now())
    letter.set_content(text)
    # By hand: the library turns an id longer than a line into an encoded word.
    ids = [("Message-ID", f"<{message_id}>")] if message_id else []
    return "".join(f"{name}: {value}\r\n" for name, value in [*ids, *headers]).encode() + letter.as_bytes()


class ChannelsTestCase(DeskTestCase):
    """A mailbox of North and one of Business; letters come in by `arrives`."""

    north_mailbox: Mailbox
    business_mailbox: Mailbox

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.north_mailbox = stage_mailbox(NORTH_ADDRESS, cls.north)
        cls.business_mailbox = stage_mailbox(BUSINESS_ADDRESS, cls.business)

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(carried_by(outbound.send))

    def arrives(self, raw: bytes, mailbox: Mailbox | None = None, external_id: str = "", **more: Any) -> RawItem:
        """Keep a letter as a fetcher would; its reading is queued."""
        mailbox = mailbox or self.north_mailbox
        given = external_id or f"1:{RawItem.objects.count() + 1}"
        return ingest.keep(mailbox=mailbox, raw=raw, external_id=given, **more)

    def read(self, raw: bytes, mailbox: Mailbox | None = None, **more: Any) -> RawItem:
        """Keep a letter and give it its fate at once."""
        item = self.arrives(raw, mailbox, later=False, **more)
        ingest.interpret(item)
        return item

    def post_of(self, message: Message) -> OutgoingPost:
        """The piece of post that carries a message of ours."""
        return OutgoingPost.objects.get(pk=message.post_id or 0)
