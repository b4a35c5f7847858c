"""What the room `customers` hangs up when the house starts."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "valtti.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"
