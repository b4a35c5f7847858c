"""What the room `core` hangs up when the house starts."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "valtti.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from valtti.core import news, periodic  # noqa: F401
