"""Colours as the eye and the contrast rule see them: OKLCH to sRGB, luminance, ratio (pure)."""

from __future__ import annotations

from math import cos, radians, sin

type Rgb = tuple[float, float, float]
type Rgb8 = tuple[int, int, int]


def linear(lightness: float, chroma: float, hue: float) -> Rgb:
    """OKLCH to linear sRGB, after Björn Ottosson's "A perceptual color space for image processing" (2020)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def eight_bit(rgb: Rgb) -> Rgb8:
    """What a screen is told; what lies outside is drawn clipped."""
    red, green, blue = (round(255 * _gamma(min(1.0, max(0.0, channel)))) for channel in rgb)
    return red, green, blue


def luminance(rgb: Rgb8) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (_ungamma(channel / 255) for channel in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Rgb8, two: Rgb8) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * float(channel ** (1 / 2.4)) - 0.055


def _ungamma(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
