"""What the room `project` hangs up when the house starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectConfig(AppConfig):
    name = "valtti.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from valtti.core import audit_words
        from valtti.project.live import address_for
        from valtti.ui import links
        from valtti.ui.live import feed

        audit_words.name(
            deeds={"task.run_again": pgettext_lazy("audit log", "Task run again")},
            kinds={"core.task": pgettext_lazy("audit log", "task")},
        )
        feed(address_for, "project:ticket")
        for slot in ("me", "house"):
            links.hang(slot, "project:health", _("Health of the house"), "server", order=60, right="health.read")
