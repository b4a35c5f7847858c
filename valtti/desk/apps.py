"""What the room `desk` hangs up when the house starts."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "valtti.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name our news, hear that of others, word it on the timeline, let cases and messages be found; hang up."""
        from valtti.desk import events, hangings, lines, reactions, search, search_words  # noqa: F401

        hangings.hang()
