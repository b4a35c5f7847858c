"""The HTML side of a letter: tables and plain attributes, so that any mail program shows it; light and dark (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

_SPACE = "&nbsp;"
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
_STYLE = """:root { color-scheme: light dark; }
body { margin: 0; }
td, a, p { font-family: -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
td, p { line-height: 1.5; }
p { margin: 0 0 16px; }
.board { border-radius: 10px; }
@media (max-width: 600px) { .sheet, .foot { width: 100%; } }
@media (prefers-color-scheme: dark) { .desk { background: #171411; } .sheet { background: #1f1c18; }
.board { background: #0f3d4b; } .sheet td, .sheet p font { color: #ece9e2; }
.soft, .soft font, .soft a { color: #b1ada5; } }"""


@dataclass(frozen=True, slots=True)
class Board:
    """What happens next: heading, moment, what, and what the reader may count on; empty places leave no trace."""

    heading: str
    when: str = ""
    what: str = ""
    note: str = ""


def page(*, language: str, title: str, text: str, last_line: str, board: Board | None, foot: str) -> str:
    """A whole letter as HTML."""
    board_html = _board(board) if board else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>\n'
        f'<style>\n{_STYLE}\n</style>\n</head>\n<body bgcolor="#f8f5f0" class="desk">\n'
        '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" bgcolor="#f8f5f0" '
        'class="desk"><tr><td align="center">\n'
        '<table role="presentation" width="560" border="0" cellpadding="28" cellspacing="0" class="sheet" '
        f'bgcolor="#fefefc"><tr><td align="left">\n{_paragraphs(text)}{_paragraphs(last_line)}{board_html}'
        "</td></tr></table>\n"
        '<table role="presentation" width="560" border="0" cellpadding="28" cellspacing="0" class="foot">'
        f'<tr><td align="left" class="soft">{_font(_lines(foot), 2, "#5d5850")}</td></tr></table>\n'
        "</td></tr></table>\n</body>\n</html>\n"
    )


def _paragraphs(text: str) -> str:
    blocks = [block for block in re.split(r"\n[ \t]*\n", text.strip("\n")) if block.strip()]
    return "".join(f"<p>{_font(_lines(block), 3, '#221d17')}</p>\n" for block in blocks)


def _board(board: Board) -> str:
    rows = [
        _font(escape(board.heading), 2, "#bed2d9"),
        _font(escape(board.when), 6, "#fdfbf7") if board.when else "",
        _font(f"<b>{escape(board.what)}</b>", 3, "#fdfbf7") if board.what else "",
        _font(escape(board.note), 2, "#bed2d9") if board.note else "",
    ]
    return (
        '<table role="presentation" width="100%" border="0" cellpadding="16" cellspacing="0" bgcolor="#0a3744" '
        f'class="board"><tr><td align="left" class="board">{"<br>".join(filter(None, rows))}</td></tr></table>\n'
    )


def _lines(text: str) -> str:
    return "<br>\n".join(_linked(line) for line in text.split("\n"))


def _linked(line: str) -> str:
    pieces, at = [], 0
    for found in _LINK.finditer(line):
        target = escape(found.group())
        pieces += [escape(line[at : found.start()]), f'<a href="{target}">{_font(target, 3, "#12576b")}</a>']
        at = found.end()
    return "".join([*pieces, escape(line[at:])]).replace("  ", f" {_SPACE}")


def _font(inside: str, size: int, colour: str) -> str:
    return f'<font face="Arial, sans-serif" size="{size}" color="{colour}">{inside}</font>'
