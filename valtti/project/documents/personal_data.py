"""docs/personal-data.md: what is kept of whom, why, how long, and what an erasure does to it."""

from __future__ import annotations

from valtti.core import personal
from valtti.project.documents.tables import FOOT


def page() -> str:
    """The register of personal data as a page that a customer's lawyer can read."""
    return f"""# Personal data

One line for each field that can hold words about a person. A test fails when a field is missing here.

{personal.as_table()}
{FOOT}
"""
