"""docs/reactions.md: who tells which news, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from valtti.core import events
from valtti.project.documents.tables import FOOT, table


def page() -> str:
    """Every kind of news with the room that tells it and the reactions that hear it."""
    load_all()
    return f"""# News and reactions

A room tells what happened; the rooms above it react, each in a task of its own.

{table(["News", "Told by", "Heard by", "What follows"], _rows())}

{FOOT}
"""


def load_all() -> None:
    """Let every room say which news it tells and which it hears."""
    for room in apps.get_app_configs():
        for name in ("events", "reactions"):
            if room.module and room.name.startswith("valtti.") and module_has_submodule(room.module, name):
                import_module(f"{room.name}.{name}")


def _rows() -> Iterator[list[str]]:
    for kind, room in sorted(events.declared().items()):
        heard = [reaction for reaction in events.reactions() if reaction.kind == kind]
        for reaction in heard:
            module = reaction.function.__module__.removeprefix("valtti.")
            yield [f"`{kind}`", room, f"`{module}.{reaction.function.__name__}`", _promise(reaction)]
        if not heard:
            yield [f"`{kind}`", room, "", ""]


def _promise(reaction: events.Registered) -> str:
    words = (reaction.function.__doc__ or "").strip().split("\n")[0]
    return f"{words} Also when silent." if reaction.also_silent else words
