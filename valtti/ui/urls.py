"""Addresses of the room `ui`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from valtti.ui import views

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/", views.catalogue, name="catalogue"),
    path("ui/hue.css", views.hue, name="hue"),
    path("csp/", views.policy_report, name="policy_report"),
]
