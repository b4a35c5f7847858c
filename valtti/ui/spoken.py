"""Which of our languages the reader of this page is spoken to in."""

from __future__ import annotations

from django.utils.translation import get_language

from valtti.ui.tongues import Tongue, tongue


def spoken() -> Tongue:
    """How the reader writes days, times and spans."""
    return tongue(get_language() or "en")
