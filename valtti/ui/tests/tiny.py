"""A house of three pages, for tests: a colleague who looks in, templates held in memory, a site map of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory, SimpleTestCase, override_settings
from django.urls import include, path
from django.utils.csp import LazyNonce

from valtti.core import limits
from valtti.core.impossible import Impossible
from valtti.ui import errors, house, keys, links, live, panels


@dataclass(frozen=True)
class Colleague:
    """Somebody logged in, as far as `ui` looks at a user."""

    first_name: str = "Aino"
    theme: str = ""
    keys_on: bool = True
    is_authenticated: bool = True
    rights: frozenset[str] = frozenset()


AINO = Colleague()


class Nobody(Impossible):
    """A refusal with words of its own."""

    reason = "Somebody closed this case a moment ago."
    remedy = "Read what they wrote."


def request(
    where: str = "/", user: Any = AINO, *, part: bool = False, headers: dict[str, str] | None = None
) -> HttpRequest:
    """A GET by Aino, for a whole page or for a part."""
    made = RequestFactory().get(where, headers={**({"HX-Request-Type": "partial"} if part else {}), **(headers or {})})
    made.user = user
    made._csp_nonce = LazyNonce()  # type: ignore[attr-defined]
    return made


def rendered(text: str, asked: HttpRequest | None = None, **context: Any) -> str:
    """What a template with the room's tags shows Aino."""
    return str(engines["django"].from_string("{% load ui %}" + text).render(context, asked or request()))


def templates(**pages: str) -> list[dict[str, Any]]:
    """The TEMPLATES setting with these pages among the house's own; `a__b` stands for `a/b.html`."""
    named = {f"{name.replace('__', '/')}.html": text for name, text in pages.items()}
    own = "django.template.loaders.app_directories.Loader"
    house_s: Any = settings.TEMPLATES[0]["OPTIONS"]
    options = {
        "context_processors": house_s["context_processors"],
        "loaders": [("django.template.loaders.locmem.Loader", named), own],
    }
    return [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}]


@override_settings(ROOT_URLCONF="valtti.ui.tests.tiny")
class TinyHouse(SimpleTestCase):
    """A test in a house where no room above has hung anything yet, and whatever a test hangs is taken down again."""

    def setUp(self) -> None:
        super().setUp()
        registers: tuple[list[Any], ...] = (links._hung, panels._hung, house._told, live._fed)
        for hung in registers:
            self.addCleanup(hung.extend, list(hung))
            self.addCleanup(hung.clear)
            hung.clear()
        self.addCleanup(keys._hung.update, dict(keys._hung))
        self.addCleanup(keys._hung.clear)
        keys._hung.clear()


def _raises(fault: Callable[[], Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise fault()

    return login_not_required(view)


@login_not_required
def _well(request: HttpRequest, token: str = "") -> HttpResponse:
    return HttpResponse("well")


urlpatterns = [
    path("", include("valtti.ui.urls")),
    path("queue/", _well, name="queue"),
    path("queue/<int:pk>/", _well, name="case"),
    path("s/<str:token>/", _well, name="survey"),
    path("impossible/", _raises(Nobody), name="impossible"),
    path("often/", _raises(lambda: limits.TooMany(90)), name="often"),
    path("uncounted/", _raises(limits.Uncounted), name="uncounted"),
    path("broken/", _raises(lambda: RuntimeError("a fault of ours")), name="broken"),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
