"""A house with real mail servers beside it, and a customer who writes to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid

from tests.abuse.house import ROOT, House, clean_environment
from valtti.channels.tests.servers import ImapServer, Script, SmtpServer, wait_until

US = "asiakaspalvelu@kaiku.example"
ADDRESSES = {"fi": "Pekka Lehtonen <pekka.lehtonen@posti.example>", "ru": "Katja Orlova <katja.orlova@posti.example>"}


class Shop:
    """What the test sees of the world: the house, the mailbox customers write to, the server their letters reach."""

    def __init__(self, house: House, imap: ImapServer, script: Script) -> None:
        self.house = house
        self.imap = imap
        self.script = script

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.house.port}"

    def customer_writes(self, subject: str, text: str, *, language: str, answers: EmailMessage | None = None) -> None:
        """A customer's program lays a letter into our mailbox."""
        letter = EmailMessage(policy=policy.SMTP)
        letter["From"], letter["To"], letter["Subject"] = ADDRESSES[language], US, subject
        letter["Message-ID"] = make_msgid(domain="posti.example")
        letter.set_content(text)
        head = b""
        if answers is not None:
            number = answers["Message-ID"].strip()
            head = f"In-Reply-To: {number}\r\nReferences: {number}\r\n".encode()
        self.imap.put(head + letter.as_bytes())

    def answer(self, number: int) -> EmailMessage:
        """The answer of that number (from 0) that the customer's server has received from a person of ours."""
        wait_until(lambda: len(self._answers()) > number, 30)
        return self._answers()[number]

    def _answers(self) -> list[EmailMessage]:
        letters = [message_from_bytes(raw, policy=policy.default) for _, _, raw in self.script.letters]
        return [letter for letter in letters if not letter["Auto-Submitted"]]


def words_of(letter: EmailMessage) -> str:
    """The plain text the customer reads."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@contextmanager
def shop(language: str) -> Iterator[Shop]:
    """A served house whose agents work in `language`."""
    with ExitStack() as stack:
        imap, script = stack.enter_context(ImapServer()), Script()
        smtp = stack.enter_context(SmtpServer(script))
        house = House()
        stack.callback(house.end)
        told = clean_environment(house.data, house.port) | {
            "DJANGO_SETTINGS_MODULE": "valtti.project.settings",
            "VALTTI_REACH": "127.0.0.0/8",
        }
        words = [sys.executable, "-m", "tests.browser.staging", language, str(imap.port), str(smtp.port)]
        subprocess.run(words, env=told, cwd=ROOT, check=True, timeout=120)
        house.start(VALTTI_REACH="127.0.0.0/8")
        yield Shop(house, imap, script)
