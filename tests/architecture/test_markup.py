"""Markup: no script or style inside a page, no htmx attribute by hand, nothing that is not escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import HOUSE, called, calls, literal, shown, sources, templates, tree
from tests.architecture.lists import MAY_MARK_SAFE, named

IN_TEMPLATES = {
    r"\b(data-)?hx-(?!csp\b)[a-z]": "htmx attributes are written by {% hx_form %} and {% hx_link %}",
    r"<script(?![^>]*\bsrc=)": "scripts are files in ui/js",
    r"<style\b": "styles are files in ui/css",
    r"<[a-z][^<>]*\sstyle\s*=": "styles are files in ui/css; a figure is a class or an attribute",
    r"<[a-z][^<>]*\son[a-z]+\s*=": "scripts find elements by data- attributes",
    r"javascript:": "scripts are files in ui/js",
    r"\|\s*(safe|safeseq)\b": "what is not escaped comes from a listed file",
    r"\bautoescape\s+off\b": "what is not escaped comes from a listed file",
    r"""\b(src|href|action)\s*=\s*["']?(https?:)?//""": "nothing is loaded from, or sent to, another house",
}
BY_HAND = re.compile(r"\bhx-(get|post|target|swap|trigger|push-url|nonce)\b")
NAMES_OF_LANGUAGES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml"}
KNOWS_HTMX = "valtti/ui/hx.py"
UNESCAPED = {"mark_safe", "SafeString", "SafeText"}


class MarkupTests(SimpleTestCase):
    def test_templates_hold_markup_only(self) -> None:
        for path in (path for path in templates() if path.suffix == ".html"):
            text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
            for pattern, remedy in IN_TEMPLATES.items():
                found = re.search(pattern, text, re.IGNORECASE)
                self.assertIsNone(found, f"{shown(path)}: {remedy}")

    def test_styles_and_scripts_ask_no_other_house_for_anything(self) -> None:
        for path in sorted((HOUSE / "ui" / "static" / "ui").rglob("*")):
            text = path.read_text(encoding="utf-8") if path.suffix in {".css", ".js", ".svg"} else ""
            addresses = set(re.findall(r"""(?:https?:)?//[\w-]+(?:\.[\w-]+)+[^\s"')]*""", text)) - NAMES_OF_LANGUAGES
            self.assertEqual(addresses, set(), shown(path))

    def test_three_files_at_most_hand_out_what_is_not_escaped(self) -> None:
        self.assertLessEqual(len(MAY_MARK_SAFE), 3)
        using = {shown(path) for path in sources() if any(_unescaped(path))}
        self.assertEqual(using, named(MAY_MARK_SAFE), "Keep the list and the files equal.")

    def test_one_file_knows_which_attributes_htmx_reads(self) -> None:
        using = [shown(path) for path in sources() if _writes_htmx(path)]
        self.assertEqual(using, [KNOWS_HTMX])

    def test_format_html_is_given_a_pattern_written_out(self) -> None:
        for path in sources():
            for call in calls(path, "format_html", "format_html_join"):
                patterns = call.args[: 1 if called(call) == "format_html" else 2]
                self.assertTrue(all(map(_written_out, patterns)), f"{shown(path)}:{call.lineno}")


def _unescaped(path: Path) -> Iterator[ast.AST]:
    """Where a text is declared safe. `SafeString` as the type of what format_html gives is no such place."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Call() if called(node) in UNESCAPED:
                yield node
            case ast.FunctionDef(name="__html__"):
                yield node
            case ast.FunctionDef(decorator_list=[*decorators]) if any(
                isinstance(decorator, ast.Name) and decorator.id in UNESCAPED for decorator in decorators
            ):
                yield node


def _written_out(node: ast.AST) -> bool:
    """Texts and names of texts in the source; nothing filled in, asked for or looked up."""
    built = (ast.JoinedStr, ast.Call, ast.Subscript, ast.Attribute, ast.Mod)
    return not any(isinstance(part, built) for part in ast.walk(node))


def _writes_htmx(path: Path) -> bool:
    return any(BY_HAND.search(literal(node) or "") for node in ast.walk(tree(path)))
