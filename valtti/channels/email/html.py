"""A letter's HTML: made safe by two parsers in series, and read as text with its quotations marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from valtti.channels.email.notes import Notes
from valtti.channels.email.parse.text import clean
from valtti.core.caps import LETTER_HTML_BYTES, LETTER_HTML_TAGS

MOST_LINKS = 5_000
TAGS = frozenset(
    "a abbr address b bdi bdo blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption "
    "figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table "
    "tbody td tfoot th thead tr tt u ul var wbr".split()
)
GONE = frozenset({"script", "style", "title", "template", "noscript", "xmp", "noembed", "noframes", "plaintext"})
_SIZES = frozenset({"align", "valign", "width", "height", "bgcolor"})
ATTRIBUTES: dict[str, frozenset[str]] = {
    "*": frozenset({"style", "dir", "lang", "title"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height", "data-remote"}),
    "table": _SIZES | {"border", "cellpadding", "cellspacing"},
    "td": _SIZES | {"colspan", "rowspan"},
    "th": _SIZES | {"colspan", "rowspan"},
    "tr": frozenset({"align", "valign", "bgcolor"}),
    "col": frozenset({"span", "width"}),
    "div": frozenset({"align"}),
    "p": frozenset({"align"}),
    "font": frozenset({"color"}),
    "ol": frozenset({"start", "type"}),
    "li": frozenset({"value"}),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid"})
_WORD = r"[a-z-]{1,30}"
_COLOUR = r"#[0-9a-f]{3,8}|[a-z]{3,25}|rgba?\([\d\s.,%/]{1,40}\)"
STYLES = {
    "color": re.compile(_COLOUR, re.I),
    "background-color": re.compile(_COLOUR, re.I),
    "font-weight": re.compile(r"[1-9]00|bold|bolder|lighter|normal", re.I),
    "font-style": re.compile(r"italic|normal|oblique", re.I),
    "text-decoration": re.compile(r"underline|line-through|none", re.I),
    "text-align": re.compile(r"left|right|center|justify|start|end", re.I),
    "vertical-align": re.compile(r"top|middle|bottom|baseline|sub|super", re.I),
    "white-space": re.compile(r"normal|pre|pre-wrap|pre-line|nowrap", re.I),
    "list-style-type": re.compile(_WORD, re.I),
    "width": re.compile(r"(?:\d{1,2}(?:\.\d{1,4})?|100)%", re.I),
}
_URL = re.compile(r"\s*(https?)://", re.I)
_TAG_START = re.compile(r"<(?:!--|[a-zA-Z/!?])")
_BLOCK = re.compile(r"</?(?:p|div|br|tr|li|h[1-6]|blockquote|table|ul|ol|pre|hr)\b", re.I)
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


def fits(html: str, notes: Notes) -> bool:
    """Whether the HTML is within the caps for parsing."""
    if len(html.encode("utf-8", "replace")) > LETTER_HTML_BYTES:
        notes.hit("letter_html_bytes")
        return False
    if html.count("<") > LETTER_HTML_TAGS:
        notes.hit("letter_html_tags")
        return False
    return True


def style(value: str) -> str | None:
    """Only declarations of the list with plain values."""
    kept = []
    for declaration in value[:4000].split(";"):
        name, _, wanted = declaration.partition(":")
        name, wanted = name.strip().lower(), wanted.strip().removesuffix("!important").strip()
        pattern = STYLES.get(name)
        if pattern and pattern.fullmatch(wanted):
            kept.append(f"{name}:{wanted}")
    return ";".join(kept) or None


def _attribute(tag: str, name: str, value: str) -> str | None:
    """One attribute: a style by its list, a source only from the letter itself, what was remote only remembered."""
    if name == "style":
        return style(value)
    if name == "src":
        return value if value.lower().startswith("cid:") else None
    if name == "data-remote":
        return value if tag == "img" and _URL.match(value) else None
    if name in {"width", "height"} and not re.fullmatch(r"\d{1,4}%?", value.strip()):
        return None
    return value


@cache
def _first_cleaner() -> Any:
    from turbohtml.clean import OnDisallowed, Policy, Sanitizer

    return Sanitizer(
        Policy(
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=SCHEMES,
            allow_relative_urls=False,
            on_disallowed_tag=OnDisallowed.STRIP,
            remove_with_content=GONE,
            attribute_filter=_attribute,
            css_properties=frozenset(STYLES),
            allow_svg=False,
            allow_mathml=False,
        )
    )


@cache
def _second_cleaner() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes=set(SCHEMES),
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=set(STYLES),
    )


def _aside(document: Any) -> None:
    """A picture's remote source stands aside in `data-remote`: shown only when somebody asks."""
    for picture in document.select("img"):
        attributes = picture.attrs
        source = picture.attr("src") or ""
        if "data-remote" in attributes:
            del attributes["data-remote"]
        if _URL.match(source):
            attributes["data-remote"] = source.strip()
            del attributes["src"]


def safe(html: str) -> str | None:
    """The HTML after both cleaners; None when it is more links than letter."""
    from turbohtml import parse

    document = parse(html)
    _aside(document)
    body = document.select_one("body") or document
    cleaned = _second_cleaner().clean(_first_cleaner().sanitize(body))
    return None if cleaned.count("<a ") > MOST_LINKS else str(cleaned)


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
    from html import unescape

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


def from_plain(text: str) -> str:
    """Plain words as HTML, for a body of both kinds."""
    return f'<div style="white-space:pre-wrap">{escape(text)}</div>'
