"""The site map: one include per room."""

from __future__ import annotations

from django.urls import include, path

from valtti.project import views

_own = [
    path("health/", views.health_page, name="health"),
    path("health/tasks/<int:pk>/rerun/", views.rerun, name="rerun"),
    path("live/ticket/", views.ticket, name="ticket"),
]
urlpatterns = [
    path("", include((_own, "project"))),
    path("", include("valtti.home.urls")),
    path("", include("valtti.desk.urls")),
    path("", include("valtti.customers.urls")),
    path("", include("valtti.channels.urls")),
    path("", include("valtti.people.urls")),
    path("", include("valtti.ui.urls")),
    path("", include("valtti.core.urls")),
]

handler400 = "valtti.ui.errors.bad_request"
handler403 = "valtti.ui.errors.forbidden"
handler404 = "valtti.ui.errors.not_found"
handler500 = "valtti.ui.errors.broken"
