"""The content security policy of every page: settings take `POLICY`, a part's answer carries it too."""

from __future__ import annotations

from django.utils.csp import CSP

type Policy = dict[str, list[str]]


def policy(live: str = "") -> Policy:
    """What a page may load and where it may send; `live` is the origin of the stream when it is not our own."""
    return {
        "default-src": [CSP.NONE],
        "script-src": [CSP.SELF, CSP.NONCE],
        "style-src": [CSP.SELF],
        "img-src": [CSP.SELF, "data:"],
        "font-src": [CSP.SELF],
        "connect-src": [CSP.SELF, *([live] if live else [])],
        "frame-src": [CSP.SELF],
        "form-action": [CSP.SELF],
        "base-uri": [CSP.NONE],
        "frame-ancestors": [CSP.NONE],
        "manifest-src": [CSP.SELF],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["htmx"],
        "report-uri": ["/csp/"],
    }


POLICY = policy()

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""For an answer that is no page and carries no policy of its own: a picture, a style sheet, a redirect."""
