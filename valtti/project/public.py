"""The whole list of pages that need no login. A test compares it with the site map, both ways."""

from __future__ import annotations

# URL name, and why it may be open.
PUBLIC: dict[str, str] = {
    "core:alive": "machines ask whether this process answers",
    "core:ready": "load balancers ask whether the house can work; no details",
    "core:metrics": "numbers for Prometheus, with a token or from this machine",
    "ui:hue": "the house's colour, a style sheet of the login page",
    "ui:policy_report": "browsers report what our policy stopped; they send no cookie",
    "account_login": "the door",
    "account_logout": "whoever stops at the second factor leaves by it",
    "account_inactive": "says that an account is closed, to whoever has its passkey",
    "mfa_authenticate": "the second factor, after the password",
    "mfa_login_webauthn": "the passkey",
    "people:reset": "asks for a link; the answer is the same for everybody",
    "people:reset_sent": "says that a link may be on its way",
    "people:choose_password": "opened by a one-time link of 256 bits",
}
