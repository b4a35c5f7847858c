"""One message as the page of its case shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from valtti.desk.models import Message, MessageFile, Promise
from valtti.desk.models.words import Direction
from valtti.people.models import User

DELIVERY: dict[str, tuple[str, Lazy]] = {
    "held": ("warn", _("leaves in a moment")),
    "queued": ("", _("has not left yet")),
    "accepted": ("good", _("accepted by the customer’s server")),
    "delivered": ("good", _("arrived")),
    "delayed": ("warn", _("delayed, tried again by itself")),
    "uncertain": ("warn", _("the connection broke at its end; sent once more if nothing is heard")),
    "bounced": ("bad", _("came back: the customer did not get it")),
    "failed": ("bad", _("could not be sent: the customer did not get it")),
    "cancelled": ("calm", _("undone before it left")),
}


@dataclass(frozen=True)
class Entry:
    """One message as the page shows it."""

    message: Message
    reader: User
    now: datetime

    @property
    def is_note(self) -> bool:
        return self.message.direction == Direction.NOTE

    @property
    def is_ours(self) -> bool:
        return self.message.direction == Direction.OUT

    @cached_property
    def author(self) -> str:
        """The real sender: a colleague's first name, the customer's name, else the address."""
        message = self.message
        if message.author_user:
            return message.author_user.first_name
        if message.author_name:
            return self._name_here or message.author_name
        if message.author_contact_point:
            return message.author_contact_point.customer.first_name or message.author_contact_point.value
        return ""

    @property
    def _name_here(self) -> str:
        """A letter without a name, from the address of this case's own customer, is the customer's."""
        point, customer = self.message.author_contact_point, self.message.case.customer
        if point is None or customer is None or point.customer.root_id != customer.root_id:
            return ""
        return customer.name if self.message.author_name.casefold() == point.value.casefold() else ""

    @cached_property
    def delivery(self) -> tuple[str, Lazy] | None:
        """Tone and words of where our letter stands; None for what was not sent."""
        return DELIVERY.get(self.message.post.state) if self.message.post else None

    @property
    def refused(self) -> list[dict[str, str]]:
        """Recipients our letter was not taken for, with the words of their server."""
        return self.message.post.refused if self.message.post else []

    @property
    def came_back(self) -> bool:
        """Our answer did not arrive."""
        post = self.message.post
        return post is not None and not self.message.automatic and post.state in {"bounced", "failed"}

    @property
    def was_unwanted(self) -> bool:
        """The recipient told their mail provider that our letter is unwanted."""
        return self.message.post is not None and self.message.post.complained_at is not None

    @property
    def may_undo(self) -> bool:
        """Still held, and written by the reader."""
        return (
            self.message.post is not None
            and self.message.post.state == "held"
            and self.message.author_user_id == self.reader.pk
        )

    @property
    def undo_seconds(self) -> int:
        """How long [Undo] still works."""
        if not self.may_undo or self.message.post is None:
            return 0
        return max(0, int((self.message.post.not_before - self.now).total_seconds()))

    @cached_property
    def folded(self) -> str:
        """What is folded away, and only that: quotes, signatures, device lines."""
        text, shown = self.message.text, self.message.ranges
        if not shown:
            return ""
        starts, ends = [0, *(end for _start, end in shown)], [*(start for start, _end in shown), len(text)]
        parts = (text[start:end].strip() for start, end in zip(starts, ends, strict=True))
        return "\n\n".join(part for part in parts if part)

    @property
    def hidden_lines(self) -> int:
        """How many lines are folded away, empty ones apart."""
        return sum(1 for line in self.folded.splitlines() if line.strip())

    @property
    def doubt(self) -> str:
        """What to say at the sender when the address is not confirmed; empty when it is, or is ours."""
        if self.message.direction != Direction.IN or self.message.trust == "verified":
            return ""
        return self.message.get_trust_display()

    @property
    def promises(self) -> list[Promise]:
        """Promises made in this message."""
        return list(self.message.promises_made.all())

    @property
    def files(self) -> list[MessageFile]:
        """Files that are shown as files."""
        return [file for file in self.message.files.all() if not file.inline]
