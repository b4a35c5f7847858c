"""Views have four moves, begin with what this person may see, and belong to their room alone."""

from __future__ import annotations

import ast
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import calls, functions, length, literal, room_of, shown, sources, tree
from tests.architecture.lists import MAY_BE_LONG, named

LONGEST = 15
PRIVATE = {"views", "forms", "reactions"}
FOR_ALL = "valtti.ui.forms"  # the one renderer of forms
READS = {"get", "filter", "all", "exclude", "first", "last", "in_bulk"}


def _views() -> list[Path]:
    return [path for path in sources() if "views" in path.relative_to(path.parents[2]).with_suffix("").parts]


def _imported(path: Path) -> set[str]:
    """Modules a file imports, and what it imports from them."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """What answers a request; what only helps it is measured like any function."""
    takes = [place.arg for place in function.args.args]
    return "request" in takes[:2] and function.returns is not None and "Response" in ast.unparse(function.returns)


class ViewTests(SimpleTestCase):
    def test_a_view_begins_with_what_this_person_may_see(self) -> None:
        for path in _views():
            for call in calls(path, *READS):
                match call.func:
                    case ast.Attribute(value=ast.Attribute(attr="objects")):
                        self.fail(f"{shown(path)}:{call.lineno}: begin with .objects.visible_to(request.user)")

    def test_a_row_by_its_number_is_looked_for_among_the_visible(self) -> None:
        for path in _views():
            for call in calls(path, "get_object_or_404", "aget_object_or_404", "get_list_or_404"):
                bare = isinstance(call.args[0], ast.Name) and call.args[0].id[:1].isupper()
                self.assertFalse(bare, f"{shown(path)}:{call.lineno}: hand over .objects.visible_to(request.user)")

    def test_a_view_has_at_most_fifteen_lines(self) -> None:
        long = [
            f"{shown(path)}:{function.name} {length(function)}"
            for path in _views()
            for function in functions(path)
            if _is_view(function)
            and length(function) > LONGEST
            and f"{shown(path)}:{function.name}" not in named(MAY_BE_LONG)
        ]
        self.assertEqual(long, [], "What needs working out is worked out in queries; what happens, in actions.")

    def test_views_forms_and_reactions_are_private_to_their_room(self) -> None:
        for path in sources():
            for name in _imported(path):
                parts = name.split(".")
                if name.startswith(FOR_ALL):
                    continue
                if parts[0] == "valtti" and len(parts) > 2 and PRIVATE & set(parts[2:-1] or parts[2:]):
                    self.assertEqual(parts[1], room_of(path), f"{shown(path)} imports {name}")

    def test_forms_list_every_field(self) -> None:
        for path in sources():
            for node in ast.walk(tree(path)):
                targets = node.targets if isinstance(node, ast.Assign) else []
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if isinstance(node, ast.Assign) and names & {"fields", "exclude"}:
                    self.assertNotEqual(literal(node.value), "__all__", f"{shown(path)}:{node.lineno}: name the fields")

    def test_nothing_from_a_request_is_set_by_a_name_from_the_request(self) -> None:
        for path in sources():
            if {"views", "forms"} & set(path.with_suffix("").parts):
                found = [call.lineno for call in calls(path, "setattr")]
                self.assertEqual(found, [], f"{shown(path)}: name the fields one by one")
