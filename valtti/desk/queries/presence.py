"""Who writes in a case now."""

from __future__ import annotations

from datetime import timedelta

from valtti.core import clock
from valtti.desk.models import Case
from valtti.people.models import User

WRITING = timedelta(seconds=60)
"""A draft that was saved so recently is being written."""


def is_writing(case: Case, user: User) -> bool:
    """The user has typed into an answer or a note here a moment ago."""
    return case.drafts.filter(author=user, saved_at__gt=clock.now() - WRITING).exclude(text="").exists()
