"""What differs between SQLite and PostgreSQL, and every SQL statement written by hand: none stands elsewhere."""

from __future__ import annotations

from valtti.core.db.order import committed
from valtti.core.db.reads import is_postgresql, snapshot

__all__ = ["committed", "is_postgresql", "snapshot"]
