"""News: declared by the room that tells it, heard only if somebody tells it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import calls, literal, may_know, room_of, shown, sources, tree
from valtti.core import events
from valtti.project.documents.reactions import load_all


def _constants(path: Path) -> dict[str, str]:
    """Names a module gives to texts: `CASE_CLOSED = "case.closed"`."""
    return {
        target.id: text
        for node in tree(path).body
        if isinstance(node, ast.Assign) and (text := literal(node.value)) is not None
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _told() -> Iterator[tuple[Path, str]]:
    """Every kind of news that a `record()` call names, with its file."""
    named = {name: kind for path in sources() if path.name == "events.py" for name, kind in _constants(path).items()}
    for path in sources():
        for call in calls(path, "record"):
            kind = call.args[0] if call.args else None
            for node in ast.walk(kind) if kind else ():
                match node:
                    case ast.Constant(value=str(text)) if "." in text:
                        yield path, text
                    case ast.Name(id=name) | ast.Attribute(attr=name) if name in named:
                        yield path, named[name]


def _said_in(room: str) -> set[str]:
    """Every text and every name of news in the files of a room that do things."""
    files = [path for path in sources() if room_of(path) == room and path.name != "events.py"]
    texts = {literal(node) or "" for path in files for node in ast.walk(tree(path))}
    return texts | {kind for path, kind in _told() if room_of(path) == room}


class EventTests(SimpleTestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        load_all()

    def test_news_is_told_by_the_room_that_declared_it(self) -> None:
        declared = events.declared()
        for path, kind in _told():
            self.assertEqual(declared.get(kind), room_of(path), f"{shown(path)} tells {kind}")

    def test_news_that_is_declared_is_told(self) -> None:
        silent = {kind for kind, room in events.declared().items() if kind not in _said_in(room)}
        self.assertEqual(silent, set(), "Take the name out of events.py, or tell it.")

    def test_a_reaction_hears_news_of_its_own_or_a_lower_room(self) -> None:
        declared = events.declared()
        for reaction in events.reactions():
            room = reaction.function.__module__.split(".")[1]
            self.assertIn(reaction.kind, declared, f"{reaction.name} waits for news that nobody declares")
            self.assertTrue(may_know(room, declared[reaction.kind]), f"{reaction.name} hears a higher room")

    def test_a_reaction_lies_in_reactions_and_says_why_it_is_safe_twice(self) -> None:
        for reaction in events.reactions():
            self.assertIn(".reactions", reaction.function.__module__, reaction.name)
            self.assertIn("Safe twice", reaction.function.__doc__ or "", reaction.name)
