"""What the room `desk` hangs up when the house starts."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "valtti.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
