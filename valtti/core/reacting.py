"""The task that runs one reaction to one piece of news."""

from __future__ import annotations

from valtti.core import events
from valtti.core.models import Event
from valtti.core.tasks import Unknown, task


@task()
def react(event_id: int, name: str) -> None:
    """Let a reaction hear its event. A reaction this version does not know is left to one that does."""
    reaction = events.reaction_named(name)
    if reaction is None:
        raise Unknown(f"no reaction is called {name}")
    reaction.function(Event.objects.get(pk=event_id))
