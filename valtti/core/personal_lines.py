"""The lines of the register, room by room: a field of any model that is missing here fails a test (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from valtti.core.personal_words import Basis, Erasure, Field, Level, Use, Whose

AFTER_CLOSING = "24 months after closing"
LETTERS = "24 months after closing; refused 30 days, quarantined 90 days"
CUSTOMERSHIP = "as long as the person is a customer"
EMPLOYMENT = "as long as the account exists"
FIVE_YEARS = "5 years"
SET_UP = "as long as it is set up"

NOBODY = Use(Whose.NOBODY, "running the house", Basis.NONE, "with its row", Erasure.KEEP, False, Level.OPEN)
WORDS = Use(
    Whose.CUSTOMER, "answering", Basis.CONTRACT, AFTER_CLOSING, Erasure.BLANK, exported=True, level=Level.CONTENT
)
THEIR_WORDS = Use(
    Whose.THIRD, "answering", Basis.INTEREST, AFTER_CLOSING, Erasure.BLANK, exported=False, level=Level.CONTENT
)
RAW = Use(
    Whose.CUSTOMER, "proof of what arrived", Basis.INTEREST, LETTERS, Erasure.BLANK, exported=True, level=Level.CONTENT
)
WHO = Use(
    Whose.CUSTOMER,
    "knowing who writes",
    Basis.CONTRACT,
    CUSTOMERSHIP,
    Erasure.BLANK,
    exported=True,
    level=Level.ORDINARY,
)
PROOF = Use(
    Whose.CUSTOMER, "proof of consent", Basis.DUTY, FIVE_YEARS, Erasure.KEEP, True, Level.ORDINARY,
    reason="shows what was allowed and when",
)  # fmt: skip
FOUND = Use(Whose.CUSTOMER, "finding", Basis.INTEREST, "with the row it leads to", Erasure.DELETE, False, Level.CONTENT)
STAFF = Use(Whose.STAFF, "working in the house", Basis.CONTRACT, EMPLOYMENT, Erasure.MASK, True, Level.ORDINARY)
DOOR = Use(Whose.STAFF, "keeping the door", Basis.INTEREST, "1 day after the end", Erasure.DELETE, True, Level.ORDINARY)
SECRET = Use(Whose.STAFF, "logging in", Basis.CONTRACT, EMPLOYMENT, Erasure.DELETE, False, Level.SECRET)
SALT = Use(
    Whose.STAFF, "reading names in the audit log", Basis.DUTY, "until the person is erased", Erasure.DELETE, False,
    Level.SECRET,
)  # fmt: skip
KEYS = Use(Whose.NOBODY, "reaching a server", Basis.NONE, SET_UP, Erasure.KEEP, False, Level.SECRET)
AUDIT = Use(
    Whose.STAFF, "showing who saw and who changed", Basis.DUTY, FIVE_YEARS, Erasure.KEEP, True, Level.ORDINARY,
    reason="names and addresses stand as marks under a salt that the erasure destroys",
)  # fmt: skip
CALLER = Use(
    Whose.STAFF, "showing from where somebody tried to come in", Basis.DUTY, FIVE_YEARS, Erasure.KEEP, True,
    Level.ORDINARY, reason="shows who attacked the house, also when the person attacked has gone",
)  # fmt: skip


def _core() -> Iterator[Field]:
    yield from AUDIT.fields("core.AuditEntry", "as_role what subject_kind why before after request")
    yield from CALLER.fields("core.AuditEntry", "address")
    yield from NOBODY.fields("core.AuditEntry", "previous_hash own_hash")
    yield from SALT.fields("core.AuditSalt", "subject_kind salt")
    yield from NOBODY.fields("core.Bucket", "key")
    yield from NOBODY.fields("core.Calendar", "key title timezone")
    yield from NOBODY.fields("core.CalendarVersion", "week holiday_region holidays closed_days extra_open")
    yield from NOBODY.fields("core.Event", "kind subject_kind facts")
    yield from NOBODY.fields("core.Heartbeat", "process kind counters")
    yield from NOBODY.fields("core.Lease", "name holder")
    yield from WORDS.fields("core.OutgoingPost", "to headers body files facts refused")
    yield from NOBODY.fields("core.OutgoingPost", "kind channel source language message_id letter_sha256 subject_kind")
    yield from NOBODY.fields("core.OutgoingPost", "order_key key relay_id bounce_class")
    yield from WORDS.fields("core.OutgoingPost", "last_error")
    yield from WORDS.fields("core.Attempt", "detail")
    yield from NOBODY.fields("core.Attempt", "outcome relay_id")
    yield from FOUND.fields("core.SearchEntry", "title text exact lemmas grams")
    yield from NOBODY.fields("core.SearchEntry", "subject_kind channel language state normaliser_version")
    yield from NOBODY.fields("core.Slot", "name")
    yield from NOBODY.fields("core.SourcePause", "source why")
    yield from NOBODY.fields("core.Task", "name queue arguments key cause worker last_error result")


def _people() -> Iterator[Field]:
    yield from STAFF.fields("people.User", "email name called language time_zone")
    yield from SECRET.fields("people.User", "password")
    yield from DOOR.fields("people.Session", "browser address why_ended")
    yield from SECRET.fields("people.Session", "key_hash contents")
    yield from SECRET.fields("people.OneTimeLink", "token_hash")
    yield from SECRET.fields("people.KnownAddress", "fingerprint")
    yield from NOBODY.fields("people.House", "name")
    yield from NOBODY.fields("people.Skill", "key title")
    yield from NOBODY.fields("people.Team", "key name")
    yield from STAFF.fields("people.WorkingLanguage", "language")


def _customers() -> Iterator[Field]:
    yield from WHO.fields("customers.Customer", "name called language needs")
    yield from WHO.fields("customers.ContactPoint", "value normal language verified_how")
    yield from PROOF.fields("customers.Consent", "basis wording_version")
    yield from WHO.fields("customers.CustomerFact", "key value source")
    yield from WHO.fields("customers.Merge", "reason evidence")
    yield from WHO.fields("customers.Organisation", "name business_id domains")
    yield from WHO.fields("customers.OrganisationRole", "role")
    yield from WHO.fields("customers.QuietPeriod", "reason set_by_room")
    yield from NOBODY.fields("customers.Touchpoint", "key title")


def _desk() -> Iterator[Field]:
    yield from WORDS.fields("desk.Case", "title last_line external_id")
    yield from NOBODY.fields("desk.Case", "reference language external_source")
    yield from NOBODY.fields("desk.CaseLink", "kind")
    yield from WORDS.fields("desk.Message", "author_name subject text to")
    yield from THEIR_WORDS.fields("desk.Message", "ranges hidden html_sha256 message_id references failed_why")
    yield from NOBODY.fields("desk.Message", "automatic_kind language notice mailbox idempotency_key")
    yield from WORDS.fields("desk.MessageFile", "name safe_name sha256 download_id content_id")
    yield from NOBODY.fields("desk.MessageFile", "media_type sniffed_type state")
    yield from WORDS.fields("desk.Draft", "text promise_text promise_due files")
    yield from NOBODY.fields("desk.Draft", "kind")
    yield from WORDS.fields("desk.Promise", "text")
    yield from NOBODY.fields("desk.Promise", "language")
    yield from WORDS.fields("desk.Closure", "solution")
    yield from WORDS.fields("desk.Restriction", "reason")
    yield from WORDS.fields("desk.Pause", "reason waits_for")
    yield from NOBODY.fields("desk.Pause", "ended_by")
    yield from NOBODY.fields("desk.Encounter", "kind started_by language thanks")
    yield from STAFF.fields("desk.Assignment", "way reason")
    yield from STAFF.fields("desk.Availability", "state")
    yield from NOBODY.fields("desk.SlaBinding", "reason")
    yield from NOBODY.fields("desk.SlaPolicy", "key title")
    yield from NOBODY.fields("desk.SlaTarget", "warn_at")
    yield from NOBODY.fields("desk.Tag", "name")
    yield from NOBODY.fields("desk.Topic", "key title")


def _channels() -> Iterator[Field]:
    yield from RAW.fields("channels.RawItem", "envelope sha256 body_sha256 message_id external_id")
    yield from NOBODY.fields("channels.RawItem", "channel source")
    yield from RAW.fields("channels.Filing", "reading")
    yield from NOBODY.fields("channels.Filing", "as_what subject_kind interpreter")
    yield from RAW.fields("channels.Quarantine", "detail shown reading")
    yield from NOBODY.fields("channels.Quarantine", "why interpreter released_as")
    yield from NOBODY.fields("channels.Refusal", "rule interpreter")
    yield from THEIR_WORDS.fields("channels.Block", "address")
    yield from NOBODY.fields("channels.Folder", "name last_error")
    yield from NOBODY.fields("channels.Mailbox", "address sender_name language imap_host imap_user smtp_host smtp_user")
    yield from NOBODY.fields("channels.Mailbox", "authserv_id after_commit_folder")
    yield from KEYS.fields("channels.Mailbox", "imap_password smtp_password")
    yield from STAFF.fields("channels.MailboxCheck", "findings")


LINES = chain(_core(), _people(), _customers(), _desk(), _channels())
