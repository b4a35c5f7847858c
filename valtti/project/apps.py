"""What the room `project` hangs up when the house starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectConfig(AppConfig):
    name = "valtti.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from valtti.project.live import address_for
        from valtti.ui import links
        from valtti.ui.live import feed

        feed(address_for, "project:ticket")
        links.hang("me", "project:health", _("Health of the house"), "server", order=60, right="health.read")
