"""Templates know what lies below them: what they extend, include, load and link to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.template import Engine, TemplateDoesNotExist
from django.template.backends.django import get_installed_libraries
from django.template.base import Lexer, TokenType
from django.test import SimpleTestCase

from tests.architecture.house import HOUSE, may_know, room_of, shown, templates


def _tags(path: Path, *names: str) -> Iterator[list[str]]:
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        if token.token_type == TokenType.BLOCK and (parts := token.split_contents())[0] in names:
            yield parts


def _name(path: Path) -> str:
    return path.relative_to(HOUSE / room_of(path) / "templates").as_posix()


def _room_of_template(name: str) -> str | None:
    """The room a template comes from, None for one of a package."""
    origin = Path(Engine.get_default().get_template(name.split("#")[0]).origin.name)
    return room_of(origin) if origin.is_relative_to(HOUSE) else None


class TemplateTests(SimpleTestCase):
    def test_every_template_compiles(self) -> None:
        for path in templates():
            with self.subTest(shown(path)):
                Engine.get_default().from_string(path.read_text(encoding="utf-8"))

    def test_a_template_extends_and_includes_what_lies_below(self) -> None:
        for path in templates():
            for _, target, *_ in _tags(path, "extends", "include"):
                with self.subTest(f"{shown(path)} uses {target}"):
                    self._check(path, target)

    def test_a_template_loads_tags_that_lie_below(self) -> None:
        libraries = get_installed_libraries()
        for path in templates():
            for _, *names in _tags(path, "load"):
                modules = [libraries.get(name, "") for name in names]
                rooms = {module.split(".")[1] for module in modules if module.startswith("valtti.")}
                high = [room for room in rooms if not may_know(room_of(path), room)]
                self.assertEqual(high, [], f"{shown(path)} loads tags of a higher room")

    def test_a_room_s_own_templates_lie_in_a_folder_of_its_name(self) -> None:
        foreign = [shown(path) for path in templates() if _name(path).split("/")[0] not in _may_hold(room_of(path))]
        self.assertEqual(foreign, [], "Put it into templates/<room>/, so that nobody else's is shadowed.")

    def _check(self, path: Path, target: str) -> None:
        literal = target[:1] in "\"'"
        if not literal and room_of(path) == "ui":
            return  # a shell draws what was hung into it
        self.assertTrue(literal, "Write the name out; what is chosen while running is chosen by the view.")
        try:
            room = _room_of_template(target.strip("\"'"))
        except TemplateDoesNotExist:
            self.fail("There is no such template.")
        self.assertTrue(room is None or may_know(room_of(path), room), f"{room} lies above: hang a panel instead.")


def _may_hold(room: str) -> set[str]:
    """Its own folder; people also dresses the pages of the login package, ui those of Django."""
    packages = {"people": {"account", "mfa", "allauth", "usersessions"}, "ui": {"django", "404.html", "500.html"}}
    return {room} | packages.get(room, set())
