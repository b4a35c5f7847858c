"""What the room `ui` hangs up when the house starts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "valtti.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
