"""Text as it is kept: NFC, line feeds, no NUL; nothing else is changed."""

from __future__ import annotations

import unicodedata

_LONGEST_PILE = 60
_LOST = str.maketrans({"\0": None})


def _piled(text: str) -> bool:
    """Endless marks on one letter: putting them in order costs the square of their number."""
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _LONGEST_PILE:
            return True
    return False


def clean(text: str) -> str:
    """The text in normal form. A text whose marks are piled to the sky keeps its form."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LOST) if "\r" in text or "\0" in text else text
    if text.isascii():
        return text
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if _piled(text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """White space of any kind and length becomes one space."""
    return " ".join(clean(text).split())


def unflow(text: str, delete_space: bool) -> str:
    """RFC 3676: soft breaks joined, stuffing undone; the signature mark is never joined."""
    out: list[list[str]] = []
    depth_before, open_line = -1, False
    for line in text.split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        soft = body.endswith(" ") and body != "-- "
        piece = body[:-1] if soft and delete_space else body
        if open_line and depth == depth_before and body != "-- ":
            out[-1].append(piece)
        else:
            out.append([">" * depth, " " if depth and piece else "", piece])
        depth_before, open_line = depth, soft
    return "\n".join("".join(line) for line in out)
