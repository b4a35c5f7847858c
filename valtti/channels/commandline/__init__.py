"""What `valtti mail ingest` and `valtti mail replay` do, apart from their arguments."""

from valtti.channels.commandline.runs import Run, existing, ingest, mailbox_for, replay

__all__ = ["Run", "existing", "ingest", "mailbox_for", "replay"]
