"""Which parts are the text, which are files. In `alternative` the richest is chosen, the plain one kept beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import Role

_MEDIA = {"image", "audio", "video"}
_REPORTS = {
    "message/delivery-status",
    "message/global-delivery-status",
    "message/disposition-notification",
    "message/global-disposition-notification",
    "message/feedback-report",
    "text/rfc822-headers",
    "message/global-headers",
}
_SIGNATURES = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
}
MESSAGES = {"message/rfc822", "message/global"}
ENCRYPTED = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


@dataclass(slots=True)
class Segment:
    """One stretch of the body: the same words as plain parts and as HTML parts, either may be missing."""

    plain: list[Part] = field(default_factory=list)
    rich: list[Part] = field(default_factory=list)

    @property
    def has_html(self) -> bool:
        """Whether the rich side really is HTML."""
        return any(part.media_type == "text/html" for part in self.rich)


@dataclass(slots=True)
class Layout:
    """The body in order, and the role of every part."""

    segments: list[Segment]
    roles: dict[int, Role]


def is_encrypted(part: Part) -> bool:
    """A part that cannot be read without a key: kept, marked, not opened."""
    if part.parent is not None and part.parent.media_type == "multipart/encrypted":
        return True
    return part.media_type in ENCRYPTED and part.params.get("smime-type", "enveloped-data") != "signed-data"


def _is_text(part: Part, place: int, family: str) -> bool:
    """The rule of JMAP (RFC 8621, 4.1.4): a named text that is not first is a file."""
    if part.media_type not in {"text/plain", "text/html"} or part.disposition == "attachment":
        return False
    return place == 0 or (family != "related" and not part.name)


def _segments(part: Part, place: int, family: str) -> list[Segment]:
    if not part.children:
        if not _is_text(part, place, family):
            return []
        is_html = part.media_type == "text/html"
        return [Segment(rich=[part])] if is_html else [Segment(plain=[part])]
    if part.sub == "alternative":
        return _alternative(part)
    if part.sub == "related":
        return _related(part)
    if part.sub == "encrypted":
        return []
    children = part.children[:1] if part.sub in {"signed", "report"} else part.children
    return [segment for at, child in enumerate(children) for segment in _segments(child, at, part.sub)]


def _texts(segments: list[Segment]) -> list[Part]:
    return [part for segment in segments for part in (segment.rich or segment.plain)]


def _alternative(part: Part) -> list[Segment]:
    sides = [_segments(child, 0, "alternative") for child in part.children]
    plains = [side for side in sides if side and not any(one.has_html for one in side)]
    rich = next((side for side in reversed(sides) if any(one.has_html for one in side)), None)
    # Without HTML several plain parts are no alternatives of each other, whatever the container says.
    plain = [one for side in (plains[:1] if rich else plains) for one in side] or None
    if plain is None and rich is None:
        texts = [child for child in part.children if child.main == "text" and child.sub != "calendar"]
        return [Segment(plain=texts[:1])] if texts else []
    if rich is not None and plain is None and all(one.plain for one in rich):
        plain = [Segment(plain=one.plain) for one in rich]
    return [Segment(plain=_texts(plain or []), rich=_texts(rich) if rich else [])]


def _related(part: Part) -> list[Segment]:
    """The root is named by `start`, else the first part; when it holds no text, the first that does."""
    start = part.params.get("start", "").strip("<> ")
    root = next((child for child in part.children if start and child.content_id == start), part.children[0])
    others = [child for child in part.children if child is not root]
    for child in [root, *others]:
        if found := _segments(child, 0, "related"):
            return found
    return []


def _alone(root: Part) -> list[Segment]:
    """A letter of one part: any text is its body, under whatever name."""
    if root.main != "text" or root.disposition == "attachment" or root.sub == "calendar":
        return []
    return [Segment(rich=[root])] if root.sub == "html" else [Segment(plain=[root])]


def _role(part: Part, texts: dict[int, Role]) -> Role:
    if part.is_container:
        return "container"
    if part.index in texts:
        return texts[part.index]
    if part.media_type in MESSAGES:
        return "message"
    if part.media_type in _REPORTS:
        return "report"
    if part.media_type in _SIGNATURES:
        return "signature"
    family = part.parent.sub if part.parent else ""
    if family == "alternative" and part.main == "text" and part.disposition != "attachment":
        return "alternative"
    shown = family == "related" or part.disposition == "inline" or (part.content_id and part.disposition is None)
    return "inline" if shown and part.disposition != "attachment" and part.main in _MEDIA else "attachment"


def choose(root: Part) -> Layout:
    """The layout of a letter."""
    segments = _segments(root, 0, "mixed") if root.children else _alone(root)
    texts: dict[int, Role] = {}
    for segment in segments:
        texts |= {part.index: "text" for part in segment.plain}
        texts |= {part.index: "html" if part.media_type == "text/html" else "text" for part in segment.rich}
    return Layout(segments, {part.index: _role(part, texts) for part in root.walk()})
