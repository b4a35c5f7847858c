"""Who may see a restricted case, inside a deed that holds its lock."""

from __future__ import annotations

from collections.abc import Iterable

from valtti.desk.models import Case, LetIn
from valtti.people.models import User


def let_in(case: Case, readers: Iterable[User], by: User) -> None:
    """These see it as well; who is let in already keeps their row."""
    there = set(case.let_in.values_list("user_id", flat=True))
    LetIn.objects.bulk_create(LetIn(case=case, user=user, by=by) for user in readers if user.pk not in there)


def who_is_let_in(case: Case) -> list[int]:
    """Numbers of those let in."""
    return sorted(case.let_in.values_list("user_id", flat=True))
