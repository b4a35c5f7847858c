"""Django's letters leave through the outbox."""

from __future__ import annotations

from django.core.mail.backends.dummy import EmailBackend


class OutboxEmailBackend(EmailBackend):
    pass
