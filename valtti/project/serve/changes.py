"""Changed source files, for `serve --reload`."""

from __future__ import annotations

import time
from pathlib import Path

LOOK_SECONDS = 1.0
ENDINGS = ("*.py", "*.mo", "*.toml")


class Changes:
    """Looks at the files below a folder once a second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = self._look()
        self._next = 0.0

    def seen(self) -> bool:
        """A file was changed, added or removed since this was last asked."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + LOOK_SECONDS
        before, self._state = self._state, self._look()
        return before != self._state

    def _look(self) -> dict[str, float]:
        found = (path for ending in ENDINGS for path in self.folder.rglob(ending))
        return {str(path): _changed_at(path) for path in found if "tests" not in path.parts}


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
