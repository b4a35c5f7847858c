"""The house's "no": an exception with words for people."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


class Impossible(Exception):
    """A deed that cannot be done now. Middleware answers 409 with `reason` and `remedy`."""

    reason: ClassVar[Words] = _("This cannot be done now.")
    remedy: ClassVar[Words] = _("Look at the page again and choose what to do next.")
