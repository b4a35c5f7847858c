"""The short lists a clerk chooses from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class Turn(models.TextChoices):
    """Who must act now."""

    OURS = "ours", pgettext_lazy("whose turn", "our turn")
    CUSTOMER = "customer", pgettext_lazy("whose turn", "the customer’s turn")
    THIRD_PARTY = "third_party", pgettext_lazy("whose turn", "a third party’s turn")
    NOBODY = "nobody", pgettext_lazy("whose turn", "nobody’s turn")


class Channel(models.TextChoices):
    """The way a message came."""

    EMAIL = "email", pgettext_lazy("channel", "e-mail")
    PHONE = "phone", pgettext_lazy("channel", "phone")
    VISIT = "visit", pgettext_lazy("channel", "visit")
    FORM = "form", pgettext_lazy("channel", "form")
    CHAT = "chat", pgettext_lazy("channel", "chat")


class Origin(models.TextChoices):
    """How a case began."""

    CUSTOMER = "customer", pgettext_lazy("origin of a case", "the customer wrote")
    AGENT = "agent", pgettext_lazy("origin of a case", "entered by hand")
    SPLIT = "split", pgettext_lazy("origin of a case", "split from another case")
    IMPORT = "import", pgettext_lazy("origin of a case", "imported")


class Outcome(models.TextChoices):
    """How a case ended."""

    SOLVED = "solved", pgettext_lazy("outcome of a case", "Solved")
    PARTLY = "partly", pgettext_lazy("outcome of a case", "Partly solved")
    NOT_POSSIBLE = "not_possible", pgettext_lazy("outcome of a case", "Not possible")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome of a case", "Withdrawn by the customer")
    NO_ANSWER = "no_answer", pgettext_lazy("outcome of a case", "No answer from the customer")
    DUPLICATE = "duplicate", pgettext_lazy("outcome of a case", "Duplicate")
    SPAM = "spam", pgettext_lazy("outcome of a case", "Spam")


class ReopenCause(models.TextChoices):
    """Why a closed case was opened again."""

    CUSTOMER = "customer", pgettext_lazy("cause of reopening", "the customer wrote again")
    AGENT = "agent", pgettext_lazy("cause of reopening", "opened by us")
    BOUNCE = "bounce", pgettext_lazy("cause of reopening", "our answer came back")


class PromiseKind(models.TextChoices):
    """What was promised."""

    ANSWER = "answer", pgettext_lazy("kind of promise", "an answer")
    CALL_BACK = "call_back", pgettext_lazy("kind of promise", "a call")
    UPDATE = "update", pgettext_lazy("kind of promise", "news")
    DELIVERY = "delivery", pgettext_lazy("kind of promise", "a delivery")
    VISIT = "visit", pgettext_lazy("kind of promise", "a visit")
    DECISION = "decision", pgettext_lazy("kind of promise", "a decision")


class PromiseEnd(models.TextChoices):
    """How a promise ended; empty while it stands."""

    KEPT = "kept", pgettext_lazy("end of a promise", "kept")
    KEPT_LATE = "kept_late", pgettext_lazy("end of a promise", "kept late")
    BROKEN = "broken", pgettext_lazy("end of a promise", "broken")
    WITHDRAWN = "withdrawn", pgettext_lazy("end of a promise", "withdrawn at the customer’s wish")
    MOVED = "moved", pgettext_lazy("end of a promise", "moved")
    UNDONE = "undone", pgettext_lazy("end of a promise", "undone before it was sent")


class NextStep(models.TextChoices):
    """What happens next, said with every answer."""

    PROMISE = "promise", pgettext_lazy("next step", "we promise")
    CUSTOMER = "customer", pgettext_lazy("next step", "the customer’s turn")
    NOTHING = "nothing", pgettext_lazy("next step", "nothing more")


class Presentness(models.TextChoices):
    """Whether a colleague can be counted on."""

    FREE = "free", pgettext_lazy("availability of a colleague", "here")
    AWAY = "away", pgettext_lazy("availability of a colleague", "away")
    OFF = "off", pgettext_lazy("availability of a colleague", "off duty")


class Direction(models.TextChoices):
    """Which way a message went; a note stays with us."""

    IN = "in", pgettext_lazy("direction of a message", "in")
    OUT = "out", pgettext_lazy("direction of a message", "out")
    NOTE = "note", pgettext_lazy("direction of a message", "note")


class Trust(models.TextChoices):
    """How well the sender's address is confirmed."""

    VERIFIED = "verified", pgettext_lazy("trust in a sender", "address confirmed")
    UNVERIFIED = "unverified", pgettext_lazy("trust in a sender", "address not confirmed")
    FAILED = "failed", pgettext_lazy("trust in a sender", "the sender’s check failed")
    UNKNOWN = "unknown", pgettext_lazy("trust in a sender", "address not checked")
