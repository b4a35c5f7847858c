"""HTML of strangers after two cleaners, and as words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from valtti.channels.email import html
from valtti.channels.email.notes import Notes
from valtti.channels.email.parse import htmltext
from valtti.channels.email.tests.testcase import ReaderTestCase, letter, read

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg onload=alert(1)>",
    "<math><mtext><style><img src onerror=alert(1)></style></mtext></math>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jav&#x09;ascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<iframe src=https://evil.example></iframe>",
    "<form action=https://evil.example><input name=q><button>x</button></form>",
    "<base href=https://evil.example><meta http-equiv=refresh content=0;url=https://evil.example>",
    '<link rel=stylesheet href=https://evil.example/a.css><style>@import "https://evil.example"</style>',
    '<p style="background:url(https://evil.example/x)">x</p>',
    '<p style="position:fixed;top:0;behavior:url(x);color:expression(alert(1))">x</p>',
    '<p hx-get="/x" data-hx-get="/x" hx-nonce="1" id="a" class="b" onclick="x()">x</p>',
    "<template><script>alert(1)</script></template><noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<img srcset="https://evil.example/x 2x" src="//evil.example/x">',
    '<table background="https://evil.example/x"><tr><td background="https://evil.example/y">x</td></tr></table>',
    "<video src=https://evil.example><audio src=https://evil.example><object data=x><embed src=x>",
)
ALLOWED = {name for names in html.ATTRIBUTES.values() for name in names} | {"target", "rel"}
ADDRESS = re.compile(r"(?:https?|mailto|tel|cid):", re.I)


class Dangers(HTMLParser):
    """Reads cleaned HTML with a third parser and lists what should not be there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag not in html.TAGS else []
        for name, value in attrs:
            if name not in ALLOWED or not self.is_harmless(name, value or ""):
                self.found.append(f"{tag} {name}={value}")

    def is_harmless(self, name: str, value: str) -> bool:
        match name:
            case "href":
                return bool(ADDRESS.match(value))
            case "src":
                return value.lower().startswith("cid:")
            case "data-remote":
                return value.lower().startswith(("http://", "https://"))
            case "style":
                return html.style(value) == value
        return True


def dangers(cleaned: str | None) -> list[str]:
    reader = Dangers()
    reader.feed(cleaned or "")
    return reader.found


class SafeTests(ReaderTestCase):
    def test_nothing_dangerous_is_left(self) -> None:
        for attack in HOSTILE:
            with self.subTest(attack=attack):
                cleaned = html.safe(f"<div>a{attack}b</div>")
                self.assertEqual(dangers(cleaned), [])
                self.assertNotIn("alert(1)<", cleaned or "")

    def test_the_checker_would_see_a_danger(self) -> None:
        self.assertEqual(
            dangers('<p id="a"><script></script><a href="javascript:x">'), ["p id=a", "script", "a href=javascript:x"]
        )

    def test_a_remote_picture_only_waits(self) -> None:
        cleaned = html.safe('<img src="https://t.example/p.gif" alt="x" data-remote="javascript:1">')
        self.assertEqual(cleaned, '<img alt="x" data-remote="https://t.example/p.gif">')

    def test_a_picture_of_the_letter_itself_stays(self) -> None:
        self.assertEqual(html.safe('<img src="cid:p1">'), '<img src="cid:p1">')
        self.assertEqual(html.safe('<img src="data:image/png;base64,AAAA">'), "<img>")

    def test_a_planted_reminder_is_forgotten(self) -> None:
        self.assertEqual(html.safe('<img data-remote="https://t.example/p.gif">'), "<img>")

    def test_links_open_elsewhere_and_tell_nothing(self) -> None:
        cleaned = html.safe('<a href="https://posti.example/">x</a>') or ""
        self.assertIn('target="_blank"', cleaned)
        self.assertIn("noopener noreferrer", cleaned)

    def test_relative_links_lead_nowhere(self) -> None:
        self.assertNotIn("href", html.safe('<a href="/cases/1/">x</a>') or "")

    def test_style_keeps_colour_weight_and_narrow_width(self) -> None:
        self.assertEqual(
            html.style("COLOR: Red !important; width:100%; width:120%; font-weight:bold; margin:0"),
            "color:Red;width:100%;font-weight:bold",
        )
        self.assertIsNone(html.style("content:'x'"))

    def test_more_links_than_letter(self) -> None:
        self.assertIsNone(html.safe('<a href="https://a.example">x</a>' * 5_001))

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.sampled_from([*HOSTILE, "<b>", "</b>", "<table>", "<p ", ">", "'", '"', "<!--", "-->", "ä"]), max_size=12
        )
    )
    def test_no_mixture_gets_through(self, pieces: list[str]) -> None:
        self.assertEqual(dangers(html.safe("".join(pieces))), [])

    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet="<>/abip \"'=&;#x", max_size=120))
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        once = html.safe(text) or ""
        self.assertEqual(html.safe(once), once)


class WordsTests(ReaderTestCase):
    def test_blocks_lists_and_tables_become_lines(self) -> None:
        text = htmltext.text_of("<h1>Hei</h1><ul><li>a<li>b</ul><table><tr><td>1<td>2</table><p>x<br>y</p>").text
        self.assertEqual(text, "Hei\n\n* a\n* b\n\n1  2\n\nx\ny")

    def test_scripts_styles_and_titles_are_no_words(self) -> None:
        self.assertEqual(htmltext.text_of("<title>T</title><style>p{}</style><script>x</script><p>Hei</p>").text, "Hei")

    def test_quotations_are_marked(self) -> None:
        found = htmltext.text_of('<p>Uusi</p><blockquote type="cite"><p>Vanha</p></blockquote><p>Loppu</p>')
        self.assertEqual([found.text[start:end].strip() for start, end in found.quoted], ["Vanha"])

    def test_over_the_caps_words_are_still_found(self) -> None:
        notes = Notes()
        self.assertFalse(html.fits("<b>" * 20_001, notes))
        self.assertEqual(notes.hits, ["letter_html_tags"])
        found = read(
            letter("<div>" * 20_001 + "Tärkeä &amp; kiire</div><p>Toinen</p>", "Content-Type: text/html; charset=utf-8")
        )
        self.assertEqual((found["body"]["text"], found["outcome"]), ("Tärkeä & kiire\n\nToinen", "limited"))
        self.assertIsNone(found["body"]["html_safe"])

    @given(st.text(alphabet="<>/scriptyle a!-&;", max_size=200))
    def test_the_rough_scan_takes_anything(self, text: str) -> None:
        self.assertNotIn("\r", htmltext.rough_text(text))
