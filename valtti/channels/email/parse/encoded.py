"""RFC 2047 words in headers, as they really come: in quotes, cut inside a sign, with lost padding."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from valtti.channels.email.parse import charset as charsets
from valtti.channels.email.parse.transfer import loose_base64

START = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?")


@dataclass(slots=True)
class Word:
    """One encoded word: where it stands and what it holds."""

    start: int
    end: int
    charset: str
    encoding: str
    text: str

    def continues(self, other: Word, between: str) -> bool:
        """A following word that belongs to the same text: same charset, nothing but space between."""
        return not between.strip() and self.charset == other.charset

    def data(self) -> bytes:
        """The bytes behind the word."""
        if self.encoding == "b":
            return loose_base64(self.text.encode("ascii", "ignore"))
        return binascii.a2b_qp(self._raw(), header=True)

    def _raw(self) -> bytes:
        """The word's own bytes; signs that stand raw inside it belong to its charset."""
        text = self.text.replace(" ", "_")
        try:
            return text.encode("ascii" if text.isascii() else charsets.codec_of(self.charset) or "utf-8")
        except (UnicodeError, LookupError):
            return text.encode("utf-8", "replace")


def find(text: str) -> list[Word]:
    """Every encoded word, in order. Linear: without a closing sign the search ends."""
    found: list[Word] = []
    at = 0
    while start := START.search(text, at):
        end = text.find("?=", start.end())
        if end < 0:
            break
        name = start[1].split("*")[0].lower()
        found.append(Word(start.start(), end + 2, name, start[2].lower(), text[start.end() : end]))
        at = end + 2
    return found


def _joined(group: list[Word]) -> str:
    """Words of one charset are one run of bytes: senders cut inside a sign, even inside a base64 group."""
    data, pending = b"", ""
    for word in group:
        if word.encoding == "b":
            pending += word.text
            if len(pending) % 4 == 0 or "=" in pending:
                data, pending = data + loose_base64(pending.encode("ascii", "ignore")), ""
        else:
            data, pending = data + loose_base64(pending.encode("ascii", "ignore")) + word.data(), ""
    data += loose_base64(pending.encode("ascii", "ignore"))
    return charsets.decode(data, group[0].charset, language=None).text


def decode(text: str) -> str:
    """The header's text with every encoded word read."""
    words = find(text)
    if not words:
        return text
    out: list[str] = [text[: words[0].start]]
    group = [words[0]]
    for word in words[1:]:
        between = text[group[-1].end : word.start]
        if group[-1].continues(word, between):
            group.append(word)
            continue
        out += [_joined(group), "" if not between.strip() else between]
        group = [word]
    out += [_joined(group), text[group[-1].end :]]
    return "".join(out)
