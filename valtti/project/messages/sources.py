"""Which words the source asks to be translated: Python by its syntax tree, templates by Django's own reader."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# Function, then which of its arguments are context, one and many.
_SHAPES = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)")


class Unreadable(Exception):
    """A text that is put together while running cannot be translated."""


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """One text: its English, its context if the English alone says too little, its plural if it counts."""

    text: str
    context: str | None = None
    plural: str | None = None


def words_of(room: Path) -> dict[Words, list[str]]:
    """Every text below a folder and the files that use it. Tests and migrations say nothing to people."""
    found: dict[Words, set[str]] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"tests", "migrations"} & set(path.parts):
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for words in of_file(path):
            found.setdefault(words, set()).add(path.relative_to(room.parent).as_posix())
    return {words: sorted(files) for words, files in found.items()}


def of_file(path: Path) -> Iterator[Words]:
    """The texts of one file."""
    source = path.read_text(encoding="utf-8")
    yield from of_python(source, str(path)) if path.suffix == ".py" else of_template(source, str(path))


def of_python(source: str, name: str) -> Iterator[Words]:
    """The texts that Python source hands to gettext and its kin, under whatever name it imported them."""
    tree = ast.parse(source, name)
    known = dict.fromkeys(_SHAPES, "") | {shape: shape for shape in _SHAPES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shape := _SHAPES.get(known.get(_called(node), ""))):
            yield _words(shape, node, name)


def of_template(source: str, name: str) -> Iterator[Words]:
    """The texts of `translate`, `blocktranslate` and `_()` in a template."""
    for function, arguments in _IN_TEMPLATE.findall(templatize(source, origin=name)):
        yield from of_python(f"{'gettext' if function == '_' else function}({arguments})", name)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _words(shape: tuple[int | None, int, int | None], node: ast.Call, name: str) -> Words:
    def literal(place: int | None) -> str | None:
        if place is None:
            return None
        match node.args[place] if place < len(node.args) else None:
            case ast.Constant(value=str(text)):
                return text
            case _:
                raise Unreadable(f"{name}:{node.lineno}: a text for people is not a plain string")

    context, text, plural = shape
    return Words(text=literal(text) or "", context=literal(context), plural=literal(plural))
