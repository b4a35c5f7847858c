"""The loop's first half, lived in a real browser with real mail servers: letter, case, answer, promise, closure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.shop import Shop, shop, words_of
from valtti.people.testing import PASSWORD

AINO = "aino.korhonen@kaiku.example"
WORDS = {
    "fi": {
        "subject": "Lasku on väärin",
        "first": "Hei! Laskussa on väärä summa. Tarkistatteko sen?",
        "answer": "Hei Pekka! Tarkistan laskun ja kirjoitan huomenna.",
        "promise": "Kirjoitan, mikä laskun oikea summa on.",
        "kept": "Hei! Oikea summa on 39,80 euroa. Uusi lasku on lähetetty.",
        "again": "Uusi lasku ei ole tullut. Minne se lähetettiin?",
    },
    "ru": {
        "subject": "Счёт с ошибкой",
        "first": "Здравствуйте! В счёте неверная сумма. Проверьте, пожалуйста.",
        "answer": "Здравствуйте, Катя! Проверю счёт и напишу завтра.",
        "promise": "Напишу, какая сумма верная.",
        "kept": "Здравствуйте! Верная сумма 39,80 евро. Новый счёт отправлен.",
        "again": "Новый счёт не пришёл. Куда вы его отправили?",
    },
}


def log_in(page: Page, shop: Shop) -> None:
    """By keyboard: the address, Tab, the password, Enter."""
    page.goto(shop.url)
    page.locator("input[type=email]").focus()
    page.keyboard.type(AINO)
    page.locator("input[type=password]").focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("header.top")).to_be_visible()


def open_case(page: Page, subject: str) -> None:
    """From the queue with j and Enter, once the letter has come in."""
    for _ in range(60):
        page.keyboard.press("g")
        page.keyboard.press("q")
        page.wait_for_url("**/cases/")
        if page.get_by_role("link", name=subject).count():
            break
        page.wait_for_timeout(500)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def answer(page: Page, text: str, *, step: str, promise: str = "", settles: bool = False) -> None:
    """r, the words, the next step with the space bar, Ctrl+Enter."""
    page.keyboard.press("r")
    page.keyboard.type(text)
    page.locator(f"input[name=next_step][value={step}]").focus()
    page.keyboard.press("Space")
    if promise:
        page.locator("#answer_promise_text").focus()
        page.keyboard.type(promise)
        page.locator("#answer_promise_due").fill(f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT%H:%M}")
    if settles:
        page.locator("#composer input[name=keeps]").focus()
        page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk")).to_contain_text(text)


def clean(page: Page) -> None:
    """Nothing for axe to complain about, in the light and in the dark."""
    for scheme in ("light", "dark"):
        # Without motion: colours are measured where they end, not on the way from one theme to the other.
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{page.url} {scheme}\n{found.generate_report()}"


def narrow(page: Page) -> None:
    """At 320 px nothing scrolls sideways."""
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("language", ["fi", "ru"])
def test_a_letter_becomes_a_case_an_answer_a_kept_promise_a_closure_and_opens_again(
    browser: Browser, language: str
) -> None:
    words = WORDS[language]
    with shop(language) as here:
        page = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=False).new_page()
        log_in(page, here)
        clean(page)

        here.customer_writes(words["subject"], words["first"], language=language)
        open_case(page, words["subject"])
        answer(page, words["answer"], step="promise", promise=words["promise"])
        first = here.answer(0)

        assert words["answer"] in words_of(first)
        assert words["promise"] in words_of(first)
        expect(page.locator(".board")).to_contain_text(words["promise"])
        clean(page)
        narrow(page)

        page.reload()
        answer(page, words["kept"], step="nothing", settles=True)
        second = here.answer(1)
        expect(page.locator("#composer")).to_have_count(0, timeout=20_000)

        here.customer_writes(f"Re: {words['subject']}", words["again"], language=language, answers=second)
        expect(page.locator("#talk")).to_contain_text(words["again"], timeout=30_000)
        expect(page.locator("#composer")).to_be_attached()
        promise = here.house.rows('SELECT "end" FROM desk_promise')
        assert promise == [("kept",)]
        reopened = here.house.rows("SELECT reopen_cause FROM desk_closure")
        assert reopened == [("customer",)]


def test_the_same_without_scripts_on_a_phone(browser: Browser) -> None:
    words = WORDS["fi"]
    with shop("fi") as here:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        page = context.new_page()
        log_in(page, here)
        here.customer_writes(words["subject"], words["first"], language="fi")
        link = page.get_by_role("link", name=words["subject"])
        for _ in range(60):
            page.goto(f"{here.url}/cases/")
            if link.count():
                break
            page.wait_for_timeout(500)

        link.first.click()
        page.locator("#answer_text").fill(words["answer"])
        page.locator("#answer_text").focus()
        page.locator("input[name=next_step][value=customer]").check()
        page.locator("#composer button.button:not([type=button])").first.click()

        assert words["answer"] in words_of(here.answer(0))
        expect(page.locator("#talk")).to_contain_text(words["answer"])
