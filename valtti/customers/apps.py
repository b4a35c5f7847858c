"""What the room `customers` hangs up when the house starts."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "valtti.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name our news and word it on the timeline."""
        from valtti.customers import events, lines, reactions, search  # noqa: F401
