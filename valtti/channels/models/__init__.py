"""What came in byte for byte, where it came from, and what became of it."""

from valtti.channels.models.block import Block
from valtti.channels.models.mailbox import Folder, Mailbox, MailboxCheck
from valtti.channels.models.raw import Filing, Quarantine, RawItem, Refusal

__all__ = ["Block", "Filing", "Folder", "Mailbox", "MailboxCheck", "Quarantine", "RawItem", "Refusal"]
