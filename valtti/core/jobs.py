"""What a task of ours is: django.tasks' own, and how often, how soon again, under which key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.tasks import Task

type Key = str | Callable[..., str]

MAX_ATTEMPTS = 8
IN_TRANSACTION = frozenset({"default"})
"""Queues whose tasks run in one transaction together with their end, unless a task says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):  # type: ignore[type-arg]
    """A task with our extras.

    `key`: a format of the arguments (`"index:{0}"`) or a function of them; a second task under it is the first one.
    `backoff(attempt)`: seconds until the next attempt. `atomic`: effect and end commit together, so no network in it;
    by default so on the queue `default` and not on the others.
    """

    max_attempts: int = MAX_ATTEMPTS
    backoff: Callable[[int], float] | None = None
    key: Key | None = None
    atomic: bool | None = None

    @property
    def in_transaction(self) -> bool:
        """Whether the function runs inside the transaction that ends the task."""
        return self.queue_name in IN_TRANSACTION if self.atomic is None else self.atomic

    def key_for(self, args: Any, kwargs: Any) -> str | None:
        """The key of one task with these arguments."""
        if self.key is None or callable(self.key):
            return self.key(*args, **kwargs) if self.key else None
        return self.key.format(*args, **kwargs)
