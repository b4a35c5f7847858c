"""Markup: no script or style inside a page, no htmx attribute by hand, nothing that is not escaped."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.test import SimpleTestCase

from tests.architecture.house import called, literal, shown, sources, templates, tree
from tests.architecture.lists import MAY_MARK_SAFE, named

IN_TEMPLATES = {
    r"\b(data-)?hx-[a-z]": "htmx attributes are written by {% hx_form %} and {% hx_link %}",
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
UNESCAPED = {"mark_safe", "SafeString", "SafeText", "safestring"}


class MarkupTests(SimpleTestCase):
    def test_templates_hold_markup_only(self) -> None:
        for path in templates():
            text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
            for pattern, remedy in IN_TEMPLATES.items():
                found = re.search(pattern, text, re.IGNORECASE)
                self.assertIsNone(found, f"{shown(path)}: {remedy}")

    def test_three_files_at_most_hand_out_what_is_not_escaped(self) -> None:
        self.assertLessEqual(len(MAY_MARK_SAFE), 3)
        using = {shown(path) for path in sources() if any(_unescaped(path))}
        self.assertEqual(using, named(MAY_MARK_SAFE), "Keep the list and the files equal.")

    def test_one_file_knows_which_attributes_htmx_reads(self) -> None:
        using = [shown(path) for path in sources() if "templatetags" not in path.parts and _writes_htmx(path)]
        self.assertEqual(using, [])

    def test_format_html_is_given_a_pattern_written_out(self) -> None:
        for path in sources():
            for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
                if called(call) in {"format_html", "format_html_join"}:
                    patterns = call.args[: 1 if called(call) == "format_html" else 2]
                    written_out = all(literal(pattern) is not None for pattern in patterns)
                    self.assertTrue(written_out, f"{shown(path)}:{call.lineno}")


def _unescaped(path: Path) -> Iterator[ast.AST]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in UNESCAPED:
                yield node
        elif isinstance(node, ast.FunctionDef) and node.name == "__html__":
            yield node


def _writes_htmx(path: Path) -> bool:
    return any(BY_HAND.search(literal(node) or "") for node in ast.walk(tree(path)))
