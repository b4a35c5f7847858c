"""What the desk says no to, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from valtti.core.impossible import Impossible


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that happened in a case since somebody looked: who, when, what, and the first words of it."""

    event_id: int
    kind: str
    at: datetime
    seconds_ago: int
    who: str
    what: str
    words: str = ""


class CaseMoved(Impossible):
    """Carries the differences in order, so that the page can show them beside the kept draft."""

    reason = _("The case moved on while you were writing. Nothing was sent.")
    remedy = _("Read what happened, then send your answer as it is, edit it or discard it.")

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(self.reason)
        self.differences = list(differences)


class CaseIsClosed(Impossible):
    reason = _("This case is closed.")
    remedy = _("Reopen it, then write.")


class AlreadyClosed(Impossible):
    reason = _("Somebody closed this case a moment ago.")
    remedy = _("Read what they wrote, then reopen it if something is left to do.")


class NotClosed(Impossible):
    reason = _("This case is open.")
    remedy = _("There is nothing to reopen: go on with it as it is.")


class NothingWritten(Impossible):
    reason = _("There is no text to send.")
    remedy = _("Write at least a word.")


class NextStepMissing(Impossible):
    reason = _("The answer does not say what happens next.")
    remedy = _("Choose a promise, the customer’s turn, or nothing more.")


class PromiseWithoutTime(Impossible):
    reason = _("A promise needs its words and a time in the future.")
    remedy = _("Write what you promise and by when.")


class NobodyToAnswer(Impossible):
    reason = _("There is nobody in this case whom a letter can reach.")
    remedy = _("Admit a sender or add an e-mail address that works.")


class AddressIsDead(Impossible):
    reason = _("Letters to this address come back for good.")
    remedy = _("Ask for another address by phone, then write there.")


class TooLateToUndo(Impossible):
    reason = _("The letter has left already.")
    remedy = _("Write another one that puts it right.")


class NotYourLetter(Impossible):
    reason = _("Only the writer can undo a letter.")
    remedy = _("Ask its writer.")


class PromiseIsSettled(Impossible):
    reason = _("This promise has ended already.")
    remedy = _("Look at the case again to see how.")


class PromisesStand(Impossible):
    reason = _("A promise still stands in this case.")
    remedy = _("Say how it ended: kept, withdrawn at the customer’s wish, or given up. Then close the case.")


class EvidenceMissing(Impossible):
    reason = _("There is no message or call that shows it.")
    remedy = _("Answer the customer, or write down the call, then name it here.")


class AlreadyDecided(Impossible):
    reason = _("Somebody has decided on this sender already.")
    remedy = _("Look at the case again to see how.")


class CustomerIsKnown(Impossible):
    reason = _("Somebody has said already whose matter this is.")
    remedy = _("Look at the case again to see whose.")


class SuggestionIsSettled(Impossible):
    reason = _("Somebody has decided on this suggestion already.")
    remedy = _("Look at the case again to see how.")


class NotInTheTeam(Impossible):
    reason = _("This person does not serve in the team of the case.")
    remedy = _("Choose somebody of the team, or move the case to their team first.")


class AwayUntilThePast(Impossible):
    reason = _("This time has passed.")
    remedy = _("Choose one that is still to come, or none.")


class AlreadyRestricted(Impossible):
    reason = _("Somebody restricted this case a moment ago.")
    remedy = _("Look at the case again, then say who else may see it.")


class NotRestricted(Impossible):
    reason = _("Everybody in the team may see this case.")
    remedy = _("There is nothing to lift.")


class ReasonMissing(Impossible):
    reason = _("It is not said why.")
    remedy = _("Write the reason: it stays in the audit log.")


class NoReaderOfTheTeam(Impossible):
    reason = _("This person does not read the cases of the team.")
    remedy = _("Choose somebody of the team.")


class NotAssigned(Impossible):
    reason = _("Nobody has this case.")
    remedy = _("Take it, or give it to somebody.")


class NotThanks(Impossible):
    reason = _("This message has been decided on already.")
    remedy = _("Look at the case again to see how.")


class TargetsDoNotFit(Impossible):
    reason = _("These targets cannot be kept.")
    remedy = _("Give each milestone once, more than nothing and at most a year.")


class WaitsForNobody(Impossible):
    reason = _("Waiting needs somebody to wait for and a day in the future.")
    remedy = _("Write who must act and when we ask them.")


class StillOwed(Impossible):
    reason = _("The customer waits for an answer.")
    remedy = _("Answer first, and say in the answer whom we wait for.")


class DraftTooLong(Impossible):
    reason = _("The text is longer than 200,000 characters.")
    remedy = _("Shorten it, or send the rest as a file.")
