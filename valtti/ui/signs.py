"""The small signs of the sprite: icons for channels and deeds, the disc for states, the drops of the ladder."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SPRITE = "ui/icons.svg"
DISCS = ("open", "half", "turn", "full", "late")
_HIDDEN = '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>'
_NAMED = '<svg class="{0}" role="img" aria-label="{3}"><use href="{1}#{2}"/></svg>'
URGENCIES = ("", "good", "warn", "bad", "live", "calm")


def sign(name: str, css: str, label: object = "") -> SafeString:
    """One symbol of the sprite; with a label it is a picture of its own, without one it stands beside its word."""
    if not label:
        return format_html(_HIDDEN, css, static(SPRITE), name)
    return format_html(_NAMED, css, static(SPRITE), name, label)


def icon(name: str, label: object = "") -> SafeString:
    """A channel or a deed."""
    return sign(name, "icon", label)


def disc(state: str, urgency: str = "", label: object = "") -> SafeString:
    """How much of it is true yet: open, half, turn, full or late. A word stands beside it, or it has a label."""
    if state not in DISCS or urgency not in URGENCIES:
        raise ValueError(f"no such disc: {state} {urgency}")
    return sign(f"disc-{state}", f"disc {urgency}".strip(), label)


def state(fill: str, word: object, urgency: str = "", *, pill: bool = False) -> SafeString:
    """A disc and its word."""
    css = " ".join(part for part in ("state", urgency, "pill" if pill else "") if part)
    return format_html('<span class="{}">{}<span class="word">{}</span></span>', css, disc(fill), word)


def discs(kept: int, total: int, label: object) -> SafeString:
    """A short row of full and open discs, read out as its label."""
    row = format_html_join("", "{}", ((disc("full" if number < kept else "open"),) for number in range(total)))
    return format_html('<span class="discs" role="img" aria-label="{}">{}</span>', label, row)
