"""Forms of this room's pages; the mailbox's own form lies with its channel."""
