"""The eight attributes of htmx 4, and the only place that writes them."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

_SWAP = ' hx-target="{target}" hx-swap="outerHTML" hx-nonce="{nonce}"'
_PUSH = ' hx-push-url="true"'


def form(url: str, target: str, nonce: object, *, method: str = "post") -> SafeString:
    """Attributes of a form that swaps `target`, an ordinary form without scripts. A GET form moves the address."""
    verb = 'method="{method}" action="{url}" hx-{method}="{url}"'
    shape = verb + _SWAP + (_PUSH if method == "get" else "")
    return format_html(shape, method=method, url=url, target=target, nonce=nonce)


def link(url: str, target: str, nonce: object, *, push: bool = True) -> SafeString:
    """Attributes of a link that swaps `target`; without scripts it is an ordinary link."""
    shape = 'href="{url}" hx-get="{url}"' + _SWAP + (_PUSH if push else "")
    return format_html(shape, url=url, target=target, nonce=nonce)


def load(url: str, target: str, nonce: object) -> SafeString:
    """Attributes of a place that fetches its own contents as soon as it is there."""
    return format_html('hx-get="{url}" hx-trigger="load"' + _SWAP, url=url, target=target, nonce=nonce)


def beat(url: str, target: str, nonce: object) -> SafeString:
    """Attributes of a form without buttons that says every 15 seconds that this page is still looked at."""
    shape = 'hx-post="{url}" hx-trigger="load, every 15s" data-by-itself' + _SWAP
    return format_html(shape, url=url, target=target, nonce=nonce)


def beside(swap: str) -> SafeString:
    """The attribute of an element beside the part: in an answer it takes the place of its namesake in the page."""
    return format_html('hx-swap-oob="{swap}"', swap=swap)


def look(url: str, target: str, nonce: object) -> SafeString:
    """Attributes of a field that asks what is known of its value while one types; without scripts nothing is asked."""
    return format_html(
        'hx-get="{url}" hx-trigger="input changed delay:400ms"' + _SWAP, url=url, target=target, nonce=nonce
    )


def again(url: str, target: str, nonce: object) -> SafeString:
    """Attributes of a place that asks again two seconds later, until the answer has no such place any more."""
    return format_html('hx-get="{url}" hx-trigger="load delay:2s"' + _SWAP, url=url, target=target, nonce=nonce)
