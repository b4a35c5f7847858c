"""A link to choose a password works in a real browser, with and without scripts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Browser, expect

from tests.abuse.house import ROOT
from tests.browser.shop import Shop, shop

AINO = "aino.korhonen@kaiku.example"
NEW = "harbours by the quiet sea"
MAKE = """
import django; django.setup()
from valtti.people.actions.passwords import make_link
from valtti.people.models import Purpose, User
print(make_link(user=User.objects.get(email="aino.korhonen@kaiku.example"), purpose=Purpose.RESET, made_by=None)[1])
"""


def link(here: Shop) -> str:
    """The secret of a letter to Aino."""
    told = here.house.environment() | {"DJANGO_SETTINGS_MODULE": "valtti.project.settings"}
    made = subprocess.run([sys.executable, "-c", MAKE], env=told, cwd=ROOT, check=True, capture_output=True, text=True)
    return f"{here.url}/password/{made.stdout.strip()}/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_who_follows_the_link_chooses_a_password_and_logs_in_with_it(browser: Browser, scripts: bool) -> None:
    with shop("fi") as here:
        page = browser.new_context(java_script_enabled=scripts).new_page()
        page.goto(link(here))
        page.locator("input[type=password]").fill(NEW)
        page.locator("main button").first.click()
        expect(page).to_have_url(f"{here.url}/login/")

        page.locator("input[type=email]").fill(AINO)
        page.locator("input[type=password]").fill(NEW)
        page.keyboard.press("Enter")

        expect(page.locator("header.top")).to_be_visible()
