"""A letter's HTML as words, with the quotations that mail programs wrap marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from valtti.channels.email.parse.text import clean

_BLOCK = re.compile(r"</?(?:p|div|br|tr|li|h[1-6]|blockquote|table|ul|ol|pre|hr)\b", re.I)
_TAG_START = re.compile(r"<(?:!--|[a-zA-Z/!?])")
OPEN, CLOSE, AFTER = "\ue0f0", "\ue0f1", "\ue0f2"
_MARKS = re.compile("[\ue0f0-\ue0f2]")
_QUOTES = (
    "blockquote[type=cite], blockquote.gmail_quote, blockquote.protonmail_quote, blockquote[cite], .yahoo_quoted, "
    "#yahoo_quoted, .moz-cite-prefix, .gmail_attr, .yahoo-quoted-begin, .mail-app-quote, #mail-app-auto-quote, "
    ".js-helper-quote, .protonmail_quote, .ya-quote, .zmail_extra, .tutanota_quote, .qmbox, .gmail_extra blockquote"
)
_HEADERS = (
    "#divRplyFwdMsg, #x_divRplyFwdMsg, #appendonsend, #x_appendonsend, .OutlookMessageHeader, "
    "#mail-editor-reference-message-container, #reply-intro, "
    'div[style*="border-top:solid #E1E1E1"], div[style*="border-top:solid #B5C4DF"]'
)
_MOST_QUOTES = 500


@dataclass(slots=True)
class HtmlText:
    """The words of an HTML body, the stretches inside known quotation wrappers, where a reply header begins."""

    text: str
    quoted: list[tuple[int, int]] = field(default_factory=list)
    after: int | None = None


def _mark(document: Any) -> None:
    from turbohtml import Text

    for element in document.select(_QUOTES)[:_MOST_QUOTES]:
        element.insert(0, Text(OPEN))
        element.append(Text(CLOSE))
    for element in document.select(_HEADERS)[:1]:
        element.insert_before(Text(AFTER))


def _unmark(marked: str) -> HtmlText:
    """Take the marks out again and remember where they stood."""
    out: list[str] = []
    quoted: list[tuple[int, int]] = []
    after: int | None = None
    at, last, depth, begin = 0, 0, 0, 0
    for mark in _MARKS.finditer(marked):
        out.append(marked[last : mark.start()])
        at, last = at + mark.start() - last, mark.end()
        if mark[0] == AFTER:
            after = at if after is None else after
        elif mark[0] == OPEN:
            begin = at if depth == 0 else begin
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and at > begin:
                quoted.append((begin, at))
    out.append(marked[last:])
    text = "".join(out)
    return HtmlText(text, quoted + ([(begin, len(text))] if depth else []), after)


def _held(line: str, pending: str, out: list[str]) -> str:
    """Marks on a line of their own: opening ones wait for the next words, closing ones go back to the last."""
    for mark in line:
        if mark == CLOSE and pending.endswith(OPEN):
            pending = pending[:-1]
        elif mark == CLOSE and any(out):
            place = next(at for at in range(len(out) - 1, -1, -1) if out[at])
            out[place] += CLOSE
        elif mark in {OPEN, AFTER}:
            pending += mark
    return pending


def _tidy(text: str) -> str:
    """At most one blank line, no spaces at line ends: the layout is ours, not the sender's."""
    out: list[str] = []
    pending = ""
    for line in text.replace("\xa0", " ").split("\n"):
        line = line.rstrip()
        if _MARKS.sub("", line).strip():
            out.append(pending + line)
            pending = ""
        elif line:
            pending = _held(line, pending, out)
        elif out and out[-1]:
            out.append("")
    return "\n".join(out).strip("\n ")


def text_of(html: str) -> HtmlText:
    """The words of a body that is within the caps."""
    from turbohtml import PlainText, parse

    document = parse(_MARKS.sub("", html))
    for element in document.select("script, style, title, template, head"):
        element.decompose()
    _mark(document)
    return _unmark(clean(_tidy(document.to_text(PlainText(links="none")))))


def rough_text(html: str) -> str:
    """The words of a body that is over the caps: tags cut out by a linear scan, nothing interpreted."""
    out: list[str] = []
    at = 0
    while (start := html.find("<", at)) >= 0:
        out.append(html[at:start])
        end = html.find(">", start)
        if end < 0 or not _TAG_START.match(html, start):
            out.append(html[start:] if end < 0 else "<")
            at = len(html) if end < 0 else start + 1
            continue
        out.append("\n" if _BLOCK.match(html, start) else "")
        at = end + 1
        name = html[start + 1 : start + 7].lower()
        if name.startswith(("script", "style")):
            closing = html.lower().find("</" + name[:5], at) if len(out) < 200 else -1
            at = closing if closing >= 0 else at
    out.append(html[at:])
    return clean(_tidy(unescape("".join(out))))
