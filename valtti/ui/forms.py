"""The one form renderer: errors above and at the field, focus on the first of them, hints read out with the field."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_noop

# Django's words for a choice not made yet, which its own catalogues lack in our languages.
NOT_CHOSEN = gettext_noop("- Select an option -")


class HouseRenderer(DjangoTemplates):
    """`{{ form }}` in the house's own dress."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def kind(field: BoundField) -> str:
    """How a field is laid out: check, choices, select, text or input."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    for classes, name in ((CheckboxInput, "check"), (Select, "select"), (Textarea, "text")):
        if isinstance(widget, classes):
            return name
    return "input"


def widget(field: BoundField) -> Any:
    """The control itself, with the house's class, and the focus when it is the first that needs correcting."""
    attributes: dict[str, str | bool] = {}
    if _has_dress(field):
        attributes["class"] = f"input {field.field.widget.attrs.get('class', '')}".strip()
    if field.name == _first_wrong(field):
        attributes["autofocus"] = True
    return field.as_widget(attrs=attributes)


def _has_dress(field: BoundField) -> bool:
    return kind(field) not in {"check", "choices"} and not field.is_hidden


def _first_wrong(field: BoundField) -> str | None:
    if not getattr(field.form, "focus_on_error", True):
        return None
    return next((bound.name for bound in field.form.visible_fields() if bound.errors), None)
