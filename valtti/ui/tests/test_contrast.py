"""Every pair of colours that meets on a page is legible, in both themes, on every ground, in every hue."""

from __future__ import annotations

import re
from functools import cache
from math import cos, dist, radians, sin
from typing import NamedTuple

from django.test import SimpleTestCase

from valtti.ui.colour import Rgb8, eight_bit, linear, luminance, ratio
from valtti.ui.house import PETROL
from valtti.ui.tests.files import CSS

LIGHT, DARK = 0, 1
GROUNDS = ["canvas", "surface", "well", "raised", "chosen", "hover/canvas", "hover/surface"]
SOFT = ["good-soft", "warn-soft", "bad-soft", "note"]
STEPS = ["step-1", "step-2", "step-3", "step-4"]
STEPS_SOFT = [f"{step}-soft" for step in STEPS]
BOARDS = ["board", "board-lift"]
PAIRS = [
    ("ink", [*GROUNDS, *SOFT, "band", *STEPS_SOFT], 4.5),
    ("ink-soft", [*GROUNDS, *SOFT, *STEPS_SOFT], 4.5),
    ("accent", [*GROUNDS, "note"], 4.5),
    ("accent", ["band"], 3),
    ("good", [*GROUNDS, "good-soft"], 4.5),
    ("warn", [*GROUNDS, "warn-soft"], 4.5),
    ("bad", [*GROUNDS, "bad-soft"], 4.5),
    ("edge", GROUNDS, 3),
    ("focus", [*GROUNDS, *SOFT], 3),
    ("on-accent", ["accent", "good", "bad"], 4.5),
    ("on-board", BOARDS, 4.5),
    ("on-board-soft", BOARDS, 4.5),
    ("on-board-late", BOARDS, 4.5),
    ("board", ["on-board", "on-board-soft"], 4.5),
    ("trump", ["board"], 3),
    ("canvas", ["ink"], 4.5),
    *((step, ["canvas", "surface", "well", f"{step}-soft"], 3) for step in STEPS),
]
APART = 0.09
PUBLIC = (
    "canvas surface chosen ink ink-soft edge hair accent on-accent board on-board on-board-soft on-board-late trump "
    "mark focus good bad"
).split()


class Token(NamedTuple):
    """One colour of one theme; no hue of its own means the house's."""

    lightness: float
    chroma: float
    hue: float | None
    alpha: float


@cache
def tokens() -> dict[str, tuple[Token, Token]]:
    """Every colour of tokens.css, light and dark."""
    shape = r"--([\w-]+):\s*light-dark\((oklch\(.*?\)\)?), (oklch\(.*?\)\)?)\);"
    return {
        name: (_token(light), _token(dark))
        for name, light, dark in re.findall(shape, (CSS / "tokens.css").read_text(encoding="utf-8"))
    }


def _token(written: str) -> Token:
    body, _, alpha = written.removeprefix("oklch(").rstrip(")").partition("/")
    lightness, chroma, hue = body.split(None, 2)
    return Token(float(lightness), float(chroma), None if "var" in hue else float(hue), float(alpha or 1))


@cache
def colour(name: str, theme: int, hue: int, over: str = "surface") -> Rgb8:
    """A colour as the screen shows it; one that lets the ground shine through is laid over `over`."""
    token = tokens()[name][theme]
    rgb = eight_bit(linear(token.lightness, token.chroma, hue if token.hue is None else token.hue))
    if token.alpha == 1:
        return rgb
    below = colour(over, theme, hue)
    red, green, blue = (round(token.alpha * x + (1 - token.alpha) * y) for x, y in zip(rgb, below, strict=True))
    return red, green, blue


def worst(name: str, grounds: list[str], theme: int) -> tuple[float, str, int]:
    """The least contrast over all grounds and, where a hue may turn, all hues: ratio, ground, hue."""
    found = []
    for ground in grounds:
        base, _, over = ground.partition("/")
        turning = any(tokens()[each][theme].hue is None for each in (name, base, over or base))
        for hue in range(360) if turning else [PETROL]:
            found.append((ratio(colour(name, theme, hue), colour(base, theme, hue, over or "surface")), ground, hue))
    return min(found)


def hexes(theme: int) -> str:
    """The colours of the customer's pages, as public.css writes them."""
    return "; ".join(f"--{name}: #{bytes(colour(name, theme, PETROL)).hex()}" for name in PUBLIC)


class ContrastTests(SimpleTestCase):
    def test_every_pair_stays_legible_in_every_hue(self) -> None:
        for name, grounds, need in PAIRS:
            for theme, word in ((LIGHT, "light"), (DARK, "dark")):
                with self.subTest(f"{name}, {word}"):
                    least, ground, hue = worst(name, grounds, theme)
                    self.assertGreaterEqual(least, need, f"{name} on {ground} at hue {hue}")

    def test_a_weaker_ink_would_be_noticed(self) -> None:
        pale = eight_bit(linear(0.70, 0.012, 75))

        self.assertLess(ratio(pale, colour("surface", LIGHT, PETROL)), 4.5)

    def test_the_steps_of_the_ladder_are_not_taken_for_one_another(self) -> None:
        for theme in (LIGHT, DARK):
            names = ["accent", *STEPS]
            pairs = [(one, other) for number, one in enumerate(names) for other in names[number + 1 :]]
            for one, other in pairs:
                with self.subTest(f"{one} and {other}"):
                    self.assertGreaterEqual(dist(self._lab(one, theme), self._lab(other, theme)), APART)

    def test_the_customers_pages_wear_the_same_colours(self) -> None:
        sheet = (CSS / "public.css").read_text(encoding="utf-8")
        light, dark = hexes(LIGHT), hexes(DARK)

        self.assertIn(f":root {{ {light}; }}", sheet)
        self.assertEqual(sheet.count(dark), 2, "by the system's choice and by data-theme")

    def _lab(self, name: str, theme: int) -> tuple[float, float, float]:
        token = tokens()[name][theme]
        turned = radians(PETROL if token.hue is None else token.hue)
        return token.lightness, token.chroma * cos(turned), token.chroma * sin(turned)


class ColourTests(SimpleTestCase):
    def test_black_and_white_stand_21_to_1(self) -> None:
        """WCAG 2.2, contrast ratio: the two ends of the range."""
        self.assertAlmostEqual(ratio((0, 0, 0), (255, 255, 255)), 21)
        self.assertAlmostEqual(ratio((90, 90, 90), (90, 90, 90)), 1)

    def test_the_order_of_two_colours_makes_no_difference(self) -> None:
        self.assertEqual(ratio((18, 87, 107), (253, 252, 249)), ratio((253, 252, 249), (18, 87, 107)))

    def test_grey_that_just_passes_and_grey_that_just_fails(self) -> None:
        """#767676 on white is the well-known darkest grey at 4.54, #777777 has 4.48."""
        self.assertAlmostEqual(ratio((118, 118, 118), (255, 255, 255)), 4.54, places=2)
        self.assertAlmostEqual(ratio((119, 119, 119), (255, 255, 255)), 4.48, places=2)

    def test_white_and_black_survive_the_way_through_oklch(self) -> None:
        self.assertEqual(eight_bit(linear(1, 0, 0)), (255, 255, 255))
        self.assertEqual(eight_bit(linear(0, 0, 0)), (0, 0, 0))

    def test_red_as_css_color_4_gives_it(self) -> None:
        """CSS Color 4, sample conversions: red is oklch(0.62796 0.25768 29.234)."""
        self.assertEqual(eight_bit(linear(0.62796, 0.25768, 29.234)), (255, 0, 0))

    def test_luminance_of_the_primaries(self) -> None:
        """WCAG 2.2, relative luminance: the weights of red, green and blue."""
        for rgb, weight in (((255, 0, 0), 0.2126), ((0, 255, 0), 0.7152), ((0, 0, 255), 0.0722)):
            self.assertAlmostEqual(luminance(rgb), weight)
