"""Which tables and columns the recorded past holds, and how a value is kept there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models

from valtti.project.demo import marks
from valtti.project.demo.anchor import Anchor

LEFT_OUT = frozenset(
    {
        *("core.task", "core.slot", "core.heartbeat", "core.lease", "core.bucket", "core.sourcepause"),
        *(
            "core.auditentry",
            "core.auditsalt",
            "people.session",
            "people.onetimelink",
            "people.knownaddress",
            "desk.presence",
        ),
        *("desk.draft", "channels.folder", "channels.mailboxcheck"),
    }
)
"""What is at work just now, and what says who came in from where."""

MADE_ANEW = {
    "people.user": {"password", "last_login"},
    "core.outgoingpost": {"letter_sha256"},
    "core.searchentry": {"exact", "lemmas", "grams", "normaliser_version"},
    "channels.rawitem": {"sha256", "body_sha256", "size"},
}
"""Columns that follow from the others, or that nobody may hand on."""

FIRST = ("desk.slatarget",)
"""Targets may join a version only while it is not published, so they go before it."""

type Change = Callable[[Any], Any]


def recorded() -> list[type[models.Model]]:
    """The tables of our rooms in the order in which their rows may be written."""
    ours = [model for config in apps.get_app_configs() if config.name.startswith("valtti.") for model in _of(config)]
    return sorted(ours, key=lambda model: model._meta.label_lower not in FIRST)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are kept; what the database sets itself is not."""
    anew = MADE_ANEW.get(model._meta.label_lower, set())
    return [field for field in model._meta.concrete_fields if field.name not in anew and not field.has_db_default()]


def shape() -> dict[str, list[str]]:
    """Every table with its columns' names: what a recording must fit."""
    return {model._meta.label_lower: [field.attname for field in columns(model)] for model in recorded()}


def to_keep(field: models.Field[Any, Any], anchor: Anchor, hide: Callable[[str], str]) -> Change:
    """How a value of this column goes into the file."""
    if isinstance(field, models.DateTimeField):
        return anchor.seconds
    if isinstance(field, models.DateField):
        return anchor.days
    if isinstance(field, models.JSONField):
        return lambda value: marks.everywhere(value, lambda text: hide(marks.hidden(text, anchor)))
    if isinstance(field, (models.CharField, models.TextField)):
        return hide
    return _as_it_is


def to_tell(field: models.Field[Any, Any], anchor: Anchor) -> Change:
    """How it comes out again."""
    if isinstance(field, models.DateTimeField):
        return anchor.moment
    if isinstance(field, models.DateField):
        return anchor.day
    if isinstance(field, models.JSONField):
        return lambda value: marks.everywhere(value, lambda text: marks.shown(text, anchor))
    if isinstance(field, (models.CharField, models.TextField)):
        return lambda text: marks.shown(text, anchor)
    return _as_it_is


def _of(config: Any) -> list[type[models.Model]]:
    return [model for model in config.get_models() if model._meta.label_lower not in LEFT_OUT]


def _as_it_is(value: Any) -> Any:
    return value
