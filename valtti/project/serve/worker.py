"""What a worker process does."""

from __future__ import annotations

from valtti.core.worker import Worker


def main(place: str) -> None:
    """Work until asked to stop."""
    Worker(place).run()
