"""docs/settings.md: every name that the house reads from its environment."""

from __future__ import annotations

from collections.abc import Iterator

from valtti.project.documents.tables import FOOT, table
from valtti.project.environment import SETTINGS


def page() -> str:
    """The table of settings: name, default, meaning."""
    return f"""# Settings

Read from the environment when the house starts. An unknown `VALTTI_` name is an error, so that a typing mistake
does not pass. A name marked *secret* can also be given as `NAME_FILE`: a file that only its owner may read.
What people change while the house runs lies in the database, not here.

{table(["Name", "Default", "Meaning"], _rows())}

{FOOT}
"""


def _rows() -> Iterator[list[str]]:
    for setting in SETTINGS.values():
        meaning = f"{setting.meaning} *Secret.*" if setting.secret else setting.meaning
        yield [f"`{setting.name}`", f"`{setting.default}`" if setting.default else "", meaning]
