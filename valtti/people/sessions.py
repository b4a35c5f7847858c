"""Where logins live: one row a browser, found by the hash of its key, its contents encrypted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction

from valtti.core import clock, keys
from valtti.people import queries
from valtti.people.actions import sessions as ends
from valtti.people.models import Session

BEGUN, BROWSER, ADDRESS = "begun", "browser", "address"
SEEN_EACH = timedelta(minutes=1)


class SessionStore(SessionBase):
    """Django's session over our table. The cookie holds the key, the database only its SHA-256."""

    _get_session: Callable[..., dict[str, Any]]
    _get_new_session_key: Callable[[], str]

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None

    @property
    def row_id(self) -> int | None:
        """The number of this login in the list of logins; no secret."""
        return self.row.pk if self.row else None

    def load(self) -> dict[str, Any]:
        self.row = Session.objects.alive().filter(key_hash=_digest(self.session_key)).first()
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.contents)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=_digest(session_key)).exists()

    def create(self) -> None:
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        contents = self._get_session(no_load=must_create)
        if must_create:
            return self._insert(contents)
        changed = Session.objects.alive().filter(key_hash=_digest(self.session_key)).update(**self._columns(contents))
        if not changed:
            raise UpdateError
        return None

    def cycle_key(self) -> None:
        """A new key for the same login: whoever knew the old one knows nothing."""
        contents, old = self._get_session(), self.session_key
        self._session_key = self._get_new_session_key()
        found = Session.objects.filter(key_hash=_digest(old)) if old else Session.objects.none()
        if not found.update(key_hash=_digest(self.session_key)):
            self._session_key = None
            self.create()
        self._session_cache = contents
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        ends.end_by_key(key_hash=_digest(session_key or self.session_key))

    @classmethod
    def clear_expired(cls) -> None:
        ends.forget_ended()

    def get_expiry_date(self, **named: Any) -> datetime:
        return self._begun(self._get_session()) + queries.house().day

    def encode(self, session_dict: dict[str, Any]) -> str:
        return keys.encrypt(json.dumps(session_dict, separators=(",", ":")))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        text = session_data.decode() if isinstance(session_data, bytes) else session_data
        try:
            return dict(json.loads(keys.decrypt(text)))
        except (keys.Unreadable, ValueError):
            return {}

    def see(self) -> None:
        """A person did something: the idle time begins anew. Written once a minute at most."""
        moment = clock.now()
        if self.row is None or moment - self.row.seen_at < SEEN_EACH:
            return
        self.row.seen_at, self.row.idle_until = moment, moment + queries.house().idle
        self.row.save(update_fields=["seen_at", "idle_until"])

    def _insert(self, contents: dict[str, Any]) -> None:
        row = Session(key_hash=_digest(self.session_key), **self._columns(contents))
        row.idle_until = clock.now() + queries.house().idle
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken
        self.row = row

    def _columns(self, contents: dict[str, Any]) -> dict[str, Any]:
        begun = self._begun(contents)
        return {
            "contents": self.encode(contents),
            "user_id": contents.get(SESSION_KEY),
            "begun_at": begun,
            "expires_at": begun + queries.house().day,
            "browser": str(contents.get(BROWSER, ""))[:200],
            "address": str(contents.get(ADDRESS, ""))[:64],
        }

    def _begun(self, contents: dict[str, Any]) -> datetime:
        told = contents.get(BEGUN)
        if told:
            return datetime.fromisoformat(told)
        return self.row.begun_at if self.row else clock.now()


def _digest(session_key: str | None) -> str:
    return hashlib.sha256(f"valtti/session/{session_key}".encode()).hexdigest()
