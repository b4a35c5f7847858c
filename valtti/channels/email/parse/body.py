"""The body's words: decoded, unflowed, joined in order; HTML made safe or turned into text."""

from __future__ import annotations

from dataclasses import dataclass, field

from valtti.channels.email import html as htmls
from valtti.channels.email.notes import Notes
from valtti.channels.email.options import Options
from valtti.channels.email.parse import charset, htmltext, transfer
from valtti.channels.email.parse.bodies import Layout, Segment
from valtti.channels.email.parse.charset import Decoded
from valtti.channels.email.parse.htmltext import HtmlText
from valtti.channels.email.parse.text import clean, unflow
from valtti.channels.email.parse.transfer import UuFile
from valtti.channels.email.parse.tree import Part
from valtti.channels.email.schema import Body
from valtti.core.caps import LETTER_TEXT_BYTES


@dataclass(slots=True)
class Words:
    """The text with what is known of its stretches, and files that stood inside it."""

    text: str = ""
    quoted: list[tuple[int, int]] = field(default_factory=list)
    after: int | None = None
    origin: str = "none"
    files: list[UuFile] = field(default_factory=list)


class BodyReader:
    """Reads the chosen parts of one letter."""

    def __init__(self, layout: Layout, options: Options, notes: Notes) -> None:
        self.layout = layout
        self.options = options
        self.notes = notes
        self.files: list[UuFile] = []
        self._decoded: dict[int, Decoded] = {}

    def decoded(self, part: Part) -> Decoded:
        """The part's text, read once."""
        if part.index not in self._decoded:
            declared = part.params.get("charset") or self.options.charset
            data = self._without_files(part) if part.media_type != "text/html" else part.data
            if len(data) > LETTER_TEXT_BYTES:
                self.notes.hit("letter_text_bytes")
                data = data[:LETTER_TEXT_BYTES]
            language = self.options.language
            found = charset.decode(data, declared, language=language, html=part.media_type == "text/html")
            if found.problem:
                self.notes.problem(found.problem, part.path, declared or "")
            self._decoded[part.index] = found
        return self._decoded[part.index]

    def _without_files(self, part: Part) -> bytes:
        """The text without the uuencoded files that stand in it."""
        data = part.data
        if b"begin " not in data:
            return data
        out, last = [], 0
        for file in transfer.uu_files(data):
            out.append(data[last : file.start])
            last = file.end
            self.files.append(file)
        return b"".join([*out, data[last:]])

    def plain(self, part: Part) -> str:
        """A plain part's words."""
        text = clean(self.decoded(part).text)
        if part.params.get("format", "").lower() == "flowed":
            return unflow(text, part.params.get("delsp", "").lower() == "yes")
        return text

    def _html_words(self, part: Part) -> HtmlText:
        text = self.decoded(part).text
        if not htmls.fits(text, self.notes):
            return HtmlText(htmltext.rough_text(text))
        return htmltext.text_of(text)

    def _segment_words(self, segment: Segment) -> tuple[HtmlText, str]:
        """Plain words when there are any, else the words of the HTML."""
        plain = _glued([self.plain(part) for part in segment.plain])
        if plain.strip() or not segment.rich:
            return HtmlText(plain), "part"
        words = Words()
        for part in segment.rich:
            _add(words, self._html_words(part) if part.media_type == "text/html" else HtmlText(self.plain(part)))
        if not words.text.strip():
            return HtmlText(plain), "part"
        return HtmlText(words.text, words.quoted, words.after), "html"

    def words(self) -> Words:
        """The whole text, nothing hidden."""
        words = Words(files=self.files)
        for segment in self.layout.segments:
            piece, origin = self._segment_words(segment)
            _add(words, piece)
            if words.origin == "none":
                words.origin = origin
        return words

    def html(self) -> tuple[str | None, str | None]:
        """The HTML as it came, and after both cleaners; None when there is none or it is beyond the caps."""
        if not any(segment.has_html for segment in self.layout.segments):
            return None, None
        whole = "\n".join(self._html_of(segment) for segment in self.layout.segments)
        return whole, (htmls.safe(whole) if htmls.fits(whole, self.notes) else None)

    def _html_of(self, segment: Segment) -> str:
        parts = segment.rich or segment.plain
        return "\n".join(
            clean(self.decoded(part).text) if part.media_type == "text/html" else htmls.from_plain(self.plain(part))
            for part in parts
        )

    def chosen(self) -> Part | None:
        """The part that is shown: the first HTML one, else the first plain one."""
        rich = [part for segment in self.layout.segments for part in segment.rich if part.media_type == "text/html"]
        plain = [part for segment in self.layout.segments for part in [*segment.plain, *segment.rich]]
        return next(iter([*rich, *plain]), None)


def _glued(texts: list[str]) -> str:
    """Texts one below the other."""
    out = ""
    for text in texts:
        out += ("\n" if out and not out.endswith("\n") else "") + text
    return out


def _add(words: Words, piece: HtmlText) -> None:
    if words.text and not words.text.endswith("\n"):
        words.text += "\n"
    base = len(words.text)
    words.text += piece.text
    words.quoted += [(base + start, base + end) for start, end in piece.quoted]
    if words.after is None and piece.after is not None:
        words.after = base + piece.after


def read(layout: Layout, options: Options, notes: Notes) -> tuple[Body, Words]:
    """The body of the schema (its language still open), and the words for trimming."""
    reader = BodyReader(layout, options, notes)
    words = reader.words()
    unsafe, safe = reader.html()
    chosen = reader.chosen()
    decoded = reader.decoded(chosen) if chosen else None
    body: Body = {
        "chosen": None if chosen is None else ("text/html" if chosen.media_type == "text/html" else "text/plain"),
        "text": words.text,
        "text_from": "html" if words.origin == "html" else ("part" if words.text else "none"),
        "html": unsafe,
        "html_safe": safe,
        "charset": decoded.charset if decoded else None,
        "charset_by": decoded.by if decoded else None,
        "language": None,
    }
    return body, words
