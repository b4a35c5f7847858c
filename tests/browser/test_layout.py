"""The staff's sheets with long words: nothing is cut, overprinted or pushed out of sight in any of the languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from valtti.ui.storage import bare_sheet
from valtti.ui.tests.files import CSS, JS, listed_sheets

STYLES = "@layer reset, tokens, base, layout, components, pages, utilities, paper;" + "".join(
    bare_sheet((CSS / name).read_text(encoding="utf-8")) for name in listed_sheets()
)
TABLE = """<div class="list"><nav class="views"></nav><main><table class="timetable"><thead><tr><th>Viimeistään</th>
<th>Tila</th><th>Asiakas</th><th>Asia</th><th class="wide">Kanava</th><th class="wide">Kontaktipiste</th>
<th>Käsittelijä</th><th class="num">Aikaa</th></tr></thead><tbody>
<tr class="sec"><th colspan="8">Luvattu <small>{hint}</small></th></tr>
<tr class="bad"><td class="when"><time>to klo 16.00</time></td><td class="st"><span class="state">
<svg class="disc"></svg><span class="word">{state}</span></span></td>
<td class="name">Jari Vehviläinen</td><td class="what"><a class="guest">Ei
nettiä, valot ok asiakkaan mukaan</a> <span class="pre">{line}</span></td><td class="wide chan"><svg class="icon"></svg>
</td><td class="wide soft touch">Laitteen toimitus</td><td>ei vielä käsittelijää</td><td class="left">{left}</td></tr>
</tbody></table></main></div>"""
LONG = {
    "fi": {"state": "Lupaus myöhässä", "left": "28 min myöhässä", "hint": "mitä olemme sanoneet tekevämme"},
    "ru": {"state": "Обещание просрочено", "left": "опоздание 3 ч 20", "hint": "что мы обещали сделать"},
}
MUST_FIT = ".timetable td:not(.what, .touch, .name)"


def draw(page: Page, body: str, *, width: int, language: str = "fi") -> Page:
    """A page of these elements in the house's dress."""
    page.set_viewport_size({"width": width, "height": 844})
    page.set_content(f'<!doctype html><html lang="{language}"><style>{STYLES}</style><body>{body}</body></html>')
    return page


def cut(page: Page, selector: str) -> list[str]:
    """The words of elements that hold more than they show."""
    script = "all => all.filter(e => e.offsetParent && e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    words: list[str] = page.locator(selector).evaluate_all(script)
    return words


def box(page: Page, selector: str) -> dict[str, float]:
    """Where an element stands."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    x, y, width, height = found["x"], found["y"], found["width"], found["height"]
    return {"x": x, "y": y, "width": width, "height": height, "end": x + width, "foot": y + height}


@pytest.mark.parametrize("language", ["fi", "ru"])
@pytest.mark.parametrize("width", [1440, 1100])
def test_the_queue_cuts_no_time_and_no_state_and_fills_its_window(page: Page, language: str, width: int) -> None:
    draw(page, TABLE.format(**LONG[language], line="Ei nettiä " * 40), width=width, language=language)

    assert cut(page, MUST_FIT) == []
    assert box(page, ".timetable")["end"] == pytest.approx(width, abs=1)
    assert box(page, ".timetable td.left")["end"] == pytest.approx(width, abs=1)
    assert box(page, ".timetable td.what")["width"] > 250


@pytest.mark.parametrize("width", [1440, 390])
def test_an_address_as_long_as_a_name_stays_beside_the_words(page: Page, width: int) -> None:
    body = """<main class="sheet"><div class="talk"><ol><li class="axis">
    <p class="by"><b>tuula.testaaja@posti.example</b>
    <span>tänään klo 10.25</span></p><div class="words">Kiitos</div></li></ol></div></main>"""
    draw(page, body, width=width)

    name, words = box(page, ".by b"), box(page, ".words")
    assert cut(page, ".by, .by b") == []
    assert name["end"] <= words["x"] or name["foot"] <= words["y"]


@pytest.mark.parametrize(
    ("term", "words"),
    [("seuraava vastaus", "viimeistään tänään klo 12.48"), ("Обещания", "действует: 1, завершено: 0")],
)
def test_the_card_breaks_between_words_and_ends_in_its_window(page: Page, term: str, words: str) -> None:
    body = f"""<div class="cockpit"><div></div><div></div><aside class="person"><section><dl class="facts">
    <dt>{term} по обращению</dt><dd><span class="state"><svg class="disc"></svg><span class="word">{words}</span></span>
    </dd></dl></section><div class="card"><dl class="facts"><dt>{term} по обращению</dt><dd>{words}</dd></dl></div>
    </aside></div>"""
    draw(page, body, width=1440)

    assert cut(page, ".person, .person *") == []
    assert page.evaluate("document.querySelector('.card dd').clientWidth") >= 110


def test_the_number_of_a_case_stands_on_one_line(page: Page) -> None:
    draw(page, '<header class="case-head axis"><p class="case-no">V-10000362-W</p><div>x</div></header>', width=1440)

    assert box(page, ".case-no")["height"] < 40


@pytest.mark.parametrize("left", ["осталось 145 мин.", "осталось 123 ч 12"])
def test_what_is_left_keeps_its_number_and_unit_together(page: Page, left: str) -> None:
    """A number alone at the end of a line would be narrower than its word with the unit."""
    draw(page, f'<section class="board"><p class="left">{left}</p><p class="what">x</p></section>', width=1440)

    breaks = """e => { const t = e.firstChild, r = document.createRange(), lines = {};
      for (let i = 0; i < t.length; i++) { r.setStart(t, i); r.setEnd(t, i + 1);
        const y = r.getBoundingClientRect().y; lines[y] = (lines[y] ?? "") + t.data[i]; }
      return Object.values(lines).map(line => line.trim()); }"""
    lines: list[str] = page.locator(".left").evaluate(breaks)
    assert all(not line[-1].isdigit() or line == lines[-1] for line in lines), lines


def test_my_day_on_a_phone_keeps_the_time_off_its_disc(page: Page) -> None:
    body = """<main class="page"><ol class="day"><li><time>to klo 16.00</time><svg class="disc"></svg><div>Leena</div>
    <a class="button plain">Avaa</a></li></ol></main>"""
    draw(page, body, width=390)

    assert cut(page, ".day time") == []
    assert box(page, ".day time")["end"] <= box(page, ".day .disc")["x"]


def test_hidden_words_in_a_wide_table_do_not_widen_a_phone(page: Page) -> None:
    cells = "".join(f'<td><label class="choice"><span class="unseen">Tiimi {n}</span></label></td>' for n in range(9))
    body = f'<div class="frame"><table class="table"><tr><th>Rooli</th>{cells.replace("<td>", "<td>Rooli")}</tr>'
    draw(page, f"{body}</table></div>", width=390)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_views_and_filters_are_there_on_a_phone(page: Page) -> None:
    body = """<div class="list"><nav class="views"><a href="/a">Kaikki</a><h2>Näkymät</h2>
    <a href="/b">Omat</a></nav>
    <main><div class="tools"><details class="drop at-start"><summary class="filter">Kontaktipiste</summary>
    <div class="menu"><a href="/c">Laitteen ja kaapelien toimitus kotiin</a></div></details></div></main></div>"""
    draw(page, body, width=390)
    page.locator("summary").click()

    assert page.locator(".views a").nth(1).is_visible()
    assert box(page, ".menu")["end"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_answer_opens_in_sight_on_a_phone(page: Page) -> None:
    body = f"""<main class="sheet"><div class="talk">{"<p>Hei!</p>" * 60}</div>
    <form class="composer axis" data-draft="/d/"><div><textarea placeholder="Vastaa"></textarea></div>
    <fieldset class="next more"><input class="input"></fieldset><div class="buttons more"><button class="button">Lähetä
    </button></div></form></main><script>{(JS / "draft.js").read_text(encoding="utf-8")}</script>"""
    draw(page, body, width=390)
    page.locator("textarea").click()

    assert box(page, ".composer .button")["foot"] <= 844
    assert box(page, "textarea")["y"] >= 0
