"""What the room `home` hangs up when the house starts."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "valtti.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu and search field."""
        from django.utils.translation import gettext_lazy as _

        from valtti.ui import links

        links.hang("menu", "home:myday", _("My day"), "sun", "g d", 10)
        links.hang("menu", "home:team", _("Team"), "users-round", "g t", 30, right="team.board")
        links.hang("search", "home:search", _("Search"), "search", "/", 1)
