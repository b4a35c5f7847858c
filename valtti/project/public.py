"""The whole list of pages that need no login. A test compares it with the site map, both ways."""

from __future__ import annotations

# URL name, and why it may be open.
PUBLIC: dict[str, str] = {
    "ui:hue": "the house's colour, a style sheet of the login page",
    "ui:policy_report": "browsers report what our policy stopped; they send no cookie",
}
