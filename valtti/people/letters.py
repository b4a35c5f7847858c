"""Letters of the house to its own people, and Django's letters: all leave through the outbox."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from valtti.core import outbox
from valtti.people.models import User
from valtti.people.queries import house

SOURCE = "house"


def post_letter(*, to: User, kind: str, key: str, context: dict[str, Any] | None = None) -> None:
    """Post `people/letters/<kind>.txt` in the reader's language: its first line is the subject."""
    language = language_of(to)
    with translation.override(language):
        words = {"user": to, "house": house(), "url": settings.PUBLIC_URL, **(context or {})}
        subject, _, body = render_to_string(f"people/letters/{kind}.txt", words).strip().partition("\n")
    _post(to, kind, language, subject, body.strip(), key)


def post_from_template(prefix: str, email: str, context: dict[str, Any]) -> None:
    """A letter of the login package, in our words: `<prefix>_message.txt`, its first line the subject."""
    to = User.objects.active().filter(email=email).first()
    if to is None:
        return
    language = language_of(to)
    with translation.override(language):
        words = {"user": to, "house": house(), "url": settings.PUBLIC_URL, **context}
        subject, _, body = render_to_string(f"{prefix}_message.txt", words).strip().partition("\n")
    _post(to, prefix.rpartition("/")[2], language, str(subject), body.strip(), secrets.token_hex(16))


def language_of(user: User) -> str:
    """The language a user reads: the own choice, else the house's."""
    return user.language or settings.LANGUAGE_CODE


class OutboxEmailBackend(BaseEmailBackend):
    """Django's own letters, such as reports to the operators: text only, to people of the house."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        people = {user.email: user for user in User.objects.active()}
        letters = [(people[to], letter) for letter in email_messages for to in letter.to if to in people]
        for user, letter in letters:
            _post(user, "notice", language_of(user), str(letter.subject), str(letter.body), secrets.token_hex(16))
        return len(letters)


def _post(to: User, kind: str, language: str, subject: str, body: str, key: str) -> None:
    with transaction.atomic():
        outbox.post(
            kind=kind,
            source=SOURCE,
            to=[to.email],
            language=language.split("-")[0],
            subject_line=" ".join(subject.split()),
            body=f"{body}\n",
            subject=to,
            key=f"house:{kind}:{key}",
            automatic=True,
        )
