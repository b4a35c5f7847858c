"""Addresses of home."""

from __future__ import annotations

from django.urls import path

from valtti.home.views import myday, search, team

app_name = "home"
urlpatterns = [
    path("", myday.myday, name="myday"),
    path("team/", team.boards, name="team"),
    path("search/", search.search, name="search"),
]
