"""Personal data: no field that could hold some is unknown to exports and erasures."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.test import SimpleTestCase

from valtti.core import personal

HOLDS_WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.GenericIPAddressField)


def _fields() -> set[str]:
    """Every field of ours that could hold something about a person."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("valtti.")]
    return {
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, HOLDS_WORDS) and not getattr(field, "choices", None)
    }


class PersonalDataTests(SimpleTestCase):
    def test_every_field_that_could_hold_personal_data_is_in_the_register(self) -> None:
        missing = _fields() - {f"{entry.model}.{entry.field}" for entry in personal.REGISTER}
        self.assertEqual(missing, set(), "Name it in valtti/core/personal.py: whose, why, how long, on erasure.")

    def test_the_register_names_no_field_that_is_gone(self) -> None:
        for entry in personal.REGISTER:
            self.assertTrue(apps.get_model(entry.model)._meta.get_field(entry.field), f"{entry.model}.{entry.field}")
