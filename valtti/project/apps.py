"""What the room `project` hangs up when the house starts."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "valtti.project"
    label = "project"
    default_auto_field = "django.db.models.BigAutoField"
