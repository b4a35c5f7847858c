"""What a search found, in the groups the page shows: customers, then matters with the place in their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

from valtti.core import caps, search
from valtti.customers.models import Customer
from valtti.desk.models import Case
from valtti.people.models import User


@dataclass(slots=True)
class Matter:
    """One case and where in it the words stand."""

    case: Case
    hits: list[search.Hit] = field(default_factory=list)

    @property
    def words(self) -> list[search.Hit]:
        """Places in its letters and notes; a hit on the case itself shows in its title."""
        return [hit for hit in self.hits if not isinstance(hit.row, Case)]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results. `milliseconds` is what the search itself took."""

    text: str
    newest: bool
    results: search.Results
    customers: list[search.Hit]
    matters: list[Matter]
    milliseconds: int
    start: int

    @property
    def next_start(self) -> int | None:
        """Where the next page begins; None at the end."""
        after = self.start + caps.PAGE_ROWS
        return after if after < self.results.count else None


def find(user: User, text: str, *, newest: bool = False, start: int = 0) -> Found:
    """Search everything this user may see."""
    begun = perf_counter()
    results = search.search(user=user, text=text, newest_first=newest, start=start)
    took = int((perf_counter() - begun) * 1000)
    customers = [hit for hit in results.hits if isinstance(hit.row, Customer)]
    return Found(text, newest, results, customers, _matters(results.hits, user), took, start)


def _matters(hits: Iterable[search.Hit], user: User) -> list[Matter]:
    """Hits on cases and messages, gathered by case in the order of the best hit."""
    numbers = [hit.entry.case_id for hit in hits if hit.entry.case_id is not None]
    cases = Case.objects.visible_to(user).select_related("customer", "assignee").in_bulk(numbers)
    matters: dict[int, Matter] = {}
    for hit in hits:
        number = hit.entry.case_id
        if number is not None and number in cases:
            matters.setdefault(number, Matter(cases[number])).hits.append(hit)
    return list(matters.values())
