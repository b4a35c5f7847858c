"""News: declared by the room that tells it, heard only if somebody tells it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import called, calls, literal, may_know, room_of, shown, sources, tree
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
    """Every kind of news that a `record()` or a room's own `tell()` names, with its file."""
    named = {name: kind for path in sources() if path.name == "events.py" for name, kind in _constants(path).items()}
    for path in sources():
        for call in calls(path, "record", "tell"):
            kind = call.args[0] if call.args else None
            for node in ast.walk(kind) if kind else ():
                match node:
                    case ast.Constant(value=str(text)) if "." in text:
                        yield path, text
                    case ast.Name(id=name) | ast.Attribute(attr=name) if name in named:
                        yield path, named[name]


def _said_in(room: str) -> set[str]:
    """Every text and every name of news in the files of a room that do things, where it may come to be told."""
    files = [path for path in sources() if room_of(path) == room and path.name not in {"events.py", "news.py"}]
    texts = {literal(node) or "" for path in files for node in ast.walk(tree(path)) if node not in _only_heard(path)}
    return texts | {kind for path, kind in _told() if room_of(path) == room}


@cache
def _only_heard(path: Path) -> frozenset[ast.AST]:
    """Texts that name news without telling it: what a reaction hears, a wording is for, a query looks up."""
    heard: set[ast.AST] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Dict):
            heard.update(key for key in node.keys if key is not None)
        if isinstance(node, ast.Call) and called(node) in {"on", "describe", "filter", "exclude", "get"}:
            heard.update(inner for part in [*node.args, *node.keywords] for inner in ast.walk(part))
        if isinstance(node, ast.Compare):
            heard.update(inner for part in [node.left, *node.comparators] for inner in ast.walk(part))
    return frozenset(heard)


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
