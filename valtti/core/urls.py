"""Addresses of the room `core`: for machines, without a login."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from valtti.core import views

app_name = "core"
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", views.live, name="alive"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.numbers, name="metrics"),
]
