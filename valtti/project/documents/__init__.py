"""Pages of docs/ that are written from the code, so that they cannot say anything else."""

from __future__ import annotations

from collections.abc import Callable

from valtti.project.documents import caps, commands, personal_data, reactions, settings

# Page below docs/, and who writes it.
PAGES: dict[str, Callable[[], str]] = {
    "caps.md": caps.page,
    "cli.md": commands.page,
    "personal-data.md": personal_data.page,
    "reactions.md": reactions.page,
    "settings.md": settings.page,
}
