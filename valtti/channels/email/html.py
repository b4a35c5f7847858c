"""A letter's HTML made safe by two parsers in series."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import Any

from valtti.channels.email.notes import Notes
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


def from_plain(text: str) -> str:
    """Plain words as HTML, for a body of both kinds."""
    return f'<div style="white-space:pre-wrap">{escape(text)}</div>'
