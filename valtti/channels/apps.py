"""What the room `channels` hangs up when the house starts."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "valtti.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name our news, carry e-mail, know our tasks and their rhythm; hang up."""
        from valtti.channels import events, hangings, tasks  # noqa: F401
        from valtti.channels.email import outbound  # noqa: F401
        from valtti.channels.email import tasks as email_tasks  # noqa: F401

        hangings.hang()
