"""What every page knows: menu, theme, keys, live stream. Worked out only when a shell asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from valtti.core.requests import current_request_id
from valtti.ui import house, keys, links, live


class Shell:
    """One request, as the shells see it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def menu(self) -> list[links.Drawn]:
        return links.drawn("menu", self.request)

    @cached_property
    def me(self) -> list[links.Drawn]:
        return links.drawn("me", self.request)

    @cached_property
    def search(self) -> links.Drawn | None:
        return next(iter(links.drawn("search", self.request)), None)

    @property
    def keys(self) -> list[keys.Key]:
        return keys.listed()

    @property
    def keys_off(self) -> bool:
        return not getattr(self._user, "keys_on", True)

    @property
    def theme(self) -> str:
        chosen = getattr(self._user, "theme", "")
        return chosen if chosen in {"light", "dark"} else ""

    @cached_property
    def live(self) -> live.Stream | None:
        return live.stream(self.request)

    @cached_property
    def house(self) -> house.House:
        return house.house()

    @property
    def own_hue(self) -> bool:
        return self.house.hue != house.PETROL

    @property
    def printing(self) -> bool:
        return self.request.GET.get("print") == "1"

    @property
    def incident(self) -> str:
        return incident(current_request_id())

    @property
    def _user(self) -> Any:
        return getattr(self.request, "user", None)


def incident(request_id: str) -> str:
    """The first six signs of a request's number, as a person can read them out: 7F3-210."""
    return f"{request_id[:3]}-{request_id[3:6]}".upper() if len(request_id) >= 6 else ""


def shell(request: HttpRequest) -> dict[str, object]:
    """Names the shells use."""
    return {"shell": Shell(request)}
