"""Has the case moved on since the page was shown? Asked under the lock, before anything is written."""

from __future__ import annotations

from valtti.desk.impossible import CaseMoved
from valtti.desk.models import Case
from valtti.desk.queries.moved import differences
from valtti.people.models import User


def check_seen(case: Case, seen_event: int | None, by: User | None) -> None:
    """Refuse with the differences when others have done something since `seen_event`; None asks nothing."""
    if seen_event is None or case.last_event <= seen_event:
        return
    moved = differences(case, seen_event, by)
    if moved:
        raise CaseMoved(moved)
