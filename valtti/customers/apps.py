"""What the room `customers` hangs up when the house starts."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "valtti.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name our news, word it on the timeline, hang up the list."""
        from django.utils.translation import gettext_lazy as _

        from valtti.customers import events, lines, reactions, search  # noqa: F401
        from valtti.ui import links

        links.hang("menu", "customers:customers", _("Customers"), "user-round", "g c", 27, right="cases.read")
