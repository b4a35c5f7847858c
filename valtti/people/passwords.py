"""Passwords: how they are hashed, how many at a time, and which ones are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Condition
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from valtti.people.queries import house

AT_ONCE = 2
IN_ALL = 9
"""Two are computed, seven wait; the tenth is turned away."""


class Overrun(Exception):
    """Too many passwords are being checked: answered with 503 and Retry-After."""


class Gate:
    """Lets two in, lets seven wait, turns the tenth away: each computation takes 46 MiB and a core."""

    def __init__(self, at_once: int = AT_ONCE, in_all: int = IN_ALL) -> None:
        self._changed = Condition()
        self._at_once, self._in_all = at_once, in_all
        self.inside = self.waiting = 0

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Hold one of the places for the length of the block."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._changed:
            if self.inside + self.waiting >= self._in_all:
                raise Overrun
            self.waiting += 1
            self._changed.wait_for(lambda: self.inside < self._at_once)
            self.waiting -= 1
            self.inside += 1

    def _leave(self) -> None:
        with self._changed:
            self.inside -= 1
            self._changed.notify()


GATE = Gate()


class HouseHasher(Argon2PasswordHasher):
    """argon2id with 46 MiB, one pass, one lane (OWASP's password storage sheet)."""

    time_cost = 1
    memory_cost = 47104
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with GATE.passed():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with GATE.passed():
            return bool(super().verify(password, encoded))


class LengthValidator:
    """Twelve signs or more, 128 at most; no rule about kinds of signs."""

    def __init__(self, least: int = 12, most: int = 128) -> None:
        self.least, self.most = least, most

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.least:
            raise ValidationError(_("Use at least %(least)s signs.") % {"least": self.least}, code="too_short")
        if len(password) > self.most:
            raise ValidationError(_("Use at most %(most)s signs.") % {"most": self.most}, code="too_long")

    def get_help_text(self) -> str:
        return _("At least %(least)s signs. A few words in a row are easy to remember.") % {"least": self.least}


class CommonValidator:
    """Not one of the passwords that everybody tries first, nor of a file the operator adds."""

    def __init__(self, more: str = "") -> None:
        self.more = more

    def validate(self, password: str, user: Any = None) -> None:
        if password.lower().strip() in _common(self.more):
            raise ValidationError(_("This password is on the list of those that are tried first."), code="common")

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")


class NamesValidator:
    """Not built on the person's or the house's name: those are guessed first as well."""

    least = 4
    besides = 8

    def validate(self, password: str, user: Any = None) -> None:
        folded = rest = password.casefold()
        for name in sorted(self._names(user), key=len, reverse=True):
            rest = rest.replace(name, "")
        if rest != folded and len(rest) < self.besides:
            raise ValidationError(_("This password is little more than a name."), code="name")

    def get_help_text(self) -> str:
        return _("Not your own or the house's name.")

    def _names(self, user: Any) -> set[str]:
        told = [house().name, getattr(user, "name", ""), getattr(user, "called", ""), getattr(user, "email", "")]
        parts = {part for text in told for part in (text, *re.split(r"\W+", text))}
        return {part.casefold() for part in parts if len(part) >= self.least}


@cache
def _common(more: str) -> frozenset[str]:
    words: set[str] = set(CommonPasswordValidator().passwords)
    if more and Path(more).is_file():
        words |= {line.strip().lower() for line in Path(more).read_text(encoding="utf-8").splitlines()}
    return frozenset(words)
