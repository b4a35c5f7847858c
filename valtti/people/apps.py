"""What the room `people` hangs up when the house starts."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "valtti.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
