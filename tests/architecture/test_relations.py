"""Keys between tables go down, and nothing below can reach up through them."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.test import SimpleTestCase

from tests.architecture.house import floors, may_know


def _room(model: type[models.Model]) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "valtti" else ""


def _across_rooms() -> list[tuple[str, str, str, models.ForeignObjectRel]]:
    """Each key that leaves its room: its name, from where, to where, and what it says of its other end."""
    found: list[tuple[str, str, str, models.ForeignObjectRel]] = []
    for model in apps.get_models(include_auto_created=True):
        room = _room(model)
        for field in model._meta.get_fields() if room and not model._meta.auto_created else ():
            target = field.related_model if field.is_relation and not field.auto_created else None
            other = _room(target) if isinstance(target, type) else ""
            if other and other != room and isinstance(field, models.ForeignKey | models.ManyToManyField):
                found.append((f"{model._meta.label}.{field.name}", room, other, field.remote_field))
    return found


class RelationTests(SimpleTestCase):
    def test_a_key_into_another_room_goes_down(self) -> None:
        wrong = [
            f"{name} points up to {other}" for name, room, other, _ in _across_rooms() if not may_know(room, other)
        ]
        self.assertEqual(wrong, [], "Keep the number softly, or let the higher room hold the key.")

    def test_a_key_into_another_room_has_no_back_name(self) -> None:
        wrong = [name for name, _, _, end in _across_rooms() if end.related_name != "+"]
        self.assertEqual(wrong, [], 'Say related_name="+": a lower room must not reach up by accident.')

    def test_deleting_a_row_below_takes_nothing_with_it_above(self) -> None:
        swept = [name for name, _, _, end in _across_rooms() if end.on_delete is models.CASCADE]
        self.assertEqual(swept, [], "Say on_delete=PROTECT: the higher room decides about its own rows.")

    def test_every_room_has_a_floor(self) -> None:
        rooms = {_room(model) for model in apps.get_models()} - {""}
        self.assertLessEqual(rooms, set(floors()))
