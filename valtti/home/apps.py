"""What the room `home` hangs up when the house starts."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "valtti.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
