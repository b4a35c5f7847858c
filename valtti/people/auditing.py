"""The audit log as an auditor reads it: filtered, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from valtti.core import audit_marks, audit_words, caps
from valtti.core.models import AuditEntry
from valtti.core.numbers import row_number
from valtti.people.models import User


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an auditor asked for. `before` is the id of the last row already seen."""

    what: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    def address(self, before: int | None) -> str:
        """The query of the next page."""
        asked = {"what": self.what, "who": self.who, "since": self.since, "until": self.until, "before": before}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its names."""

    entry: AuditEntry
    who: str
    deed: str
    subject: str
    changed: str


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, the kinds to choose from, and where it goes on."""

    lines: list[Line]
    kinds: list[tuple[str, str]]
    older: str


def wanted(query: Mapping[str, Any]) -> Wanted:
    """What a query asks for; what cannot be read is left out."""
    return Wanted(
        what=_text(query, "what"),
        who=_text(query, "who"),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        before=row_number(query.get("before")),
    )


def entries(asked: Wanted) -> Log:
    """One page, newest first."""
    rows = list(_found(asked)[: caps.PAGE_ROWS + 1])
    page, more = rows[: caps.PAGE_ROWS], len(rows) > caps.PAGE_ROWS
    names = dict(User.objects.filter(pk__in=_people(page)).values_list("pk", "name"))
    kinds = AuditEntry.objects.order_by("what").values_list("what", flat=True).distinct()
    told = sorted(((kind, audit_words.deed(kind)) for kind in kinds), key=lambda pair: pair[1])
    called, marks = _called(page), _marks(page)
    return Log([_line(row, names, called, marks) for row in page], told, asked.address(page[-1].pk) if more else "")


def _found(asked: Wanted) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.order_by("-pk")
    if asked.what:
        rows = rows.filter(what=asked.what)
    if asked.who:
        rows = rows.filter(who__in=User.objects.filter(name__icontains=asked.who).values("pk"))
    if asked.since:
        rows = rows.filter(at__gte=_midnight(asked.since))
    if asked.until:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return rows.filter(pk__lt=asked.before) if asked.before else rows


def _line(row: AuditEntry, names: dict[int, str], called: dict[tuple[str, int], str], marks: dict[str, str]) -> Line:
    name = called.get((row.subject_kind, row.subject_id or 0), "")
    subject = name or (f"{audit_words.kind(row.subject_kind)} {row.subject_id}" if row.subject_kind else "")
    changed = audit_words.changed(row.before, row.after, marks)
    return Line(row, names.get(row.who or 0, ""), audit_words.deed(row.what), subject, changed)


def _called(rows: list[AuditEntry]) -> dict[tuple[str, int], str]:
    """What the rows spoken of are called, where the log may say so: one question a kind."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.subject_id and audit_words.is_told_by_name(row.subject_kind):
            wanted.setdefault(row.subject_kind, set()).add(row.subject_id)
    return {
        (kind, number): str(row)
        for kind, numbers in wanted.items()
        for number, row in apps.get_model(kind)._base_manager.in_bulk(numbers).items()
    }


def _marks(rows: list[AuditEntry]) -> dict[str, str]:
    """What the marks of users stand for: the names and addresses they have now."""
    spoken_of = [row.subject_id for row in rows if row.subject_id and row.subject_kind == User._meta.label_lower]
    users = User.objects.filter(pk__in=spoken_of)
    return audit_marks.readings(
        User._meta.label_lower, {user.pk: [user.name, user.called, user.email] for user in users}
    )


def _people(rows: list[AuditEntry]) -> set[int]:
    return {row.who for row in rows if row.who}


def _text(query: Mapping[str, Any], name: str) -> str:
    return str(query.get(name, "")).replace("\0", "")[:120].strip()


def _day(text: Any) -> date | None:
    try:
        found = date.fromisoformat(str(text))
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2200, 1, 1) else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_current_timezone()).astimezone(UTC)
