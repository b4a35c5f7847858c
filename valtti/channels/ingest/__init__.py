"""Keep, interpret, file: bytes are stored and committed before anything looks inside; each item ends in one fate."""

from valtti.channels.ingest.balance import Balance, balance, balance_per_day
from valtti.channels.ingest.interpreting import interpret, interpret_many
from valtti.channels.ingest.keeping import keep
from valtti.channels.ingest.replaying import Replayed, replay

__all__ = ["Balance", "Replayed", "balance", "balance_per_day", "interpret", "interpret_many", "keep", "replay"]
