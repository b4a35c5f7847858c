"""What the room `channels` hangs up when the house starts."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "valtti.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
