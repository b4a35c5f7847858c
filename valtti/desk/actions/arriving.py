"""A customer's message takes its place: its encounter, the pause it ends, the case it reopens."""

from __future__ import annotations

from valtti.desk import encounters
from valtti.desk.actions.closures import reopen_now
from valtti.desk.actions.keeping import tell
from valtti.desk.actions.pauses import end_pause
from valtti.desk.encounters import Place
from valtti.desk.models import Case, Encounter, Message
from valtti.desk.models.words import ReopenCause
from valtti.desk.thanks import is_thanks


def arrive(case: Case, message: Message, *, silent: bool = False) -> Encounter:
    """Let an admitted person's message count, from its receipt on. Inside a deed that holds the lock.

    `silent`: old mail taken over has an encounter of its own and changes nothing else in the case.
    """
    words, has_files = message.visible, message.files.exists()
    thanks = looks_like_thanks(case, author=message.author_name, visible=words, has_files=has_files)
    latest = None if silent else _latest(case, message.channel)
    is_owed = latest is not None and latest.is_owed
    place = encounters.place(is_owed=is_owed, automatic=message.automatic, pending=message.pending)
    if place is Place.NEITHER:
        raise AssertionError("only a person who has been let in is heard")
    if place is Place.JOINS and latest is not None:
        encounter = _join(latest, message, thanks=thanks)
    else:
        encounter = _open(case, message, thanks=thanks, silent=silent)
    message.encounter = encounter
    message.save(update_fields=["encounter"])
    if silent:
        return encounter
    end_pause(case, at=message.at, by="customer_message")
    closure = case.closures.filter(reopened_at=None).first()
    if closure is not None and encounter.thanks != "suggested":
        reopen_now(case, closure, by=None, cause=ReopenCause.CUSTOMER, at=message.at)
    return encounter


def looks_like_thanks(case: Case, *, author: str, visible: str, has_files: bool) -> bool:
    """Nothing but thanks, by its visible words; names of the writer and of ours may stand in it."""
    names = [author, case.assignee.name if case.assignee else ""]
    answers = case.messages.filter(direction="out", automatic=False).select_related("author_user")[:20]
    names += [answer.author_user.name for answer in answers if answer.author_user]
    return is_thanks(visible, has_files=has_files, names=tuple(names))


def _latest(case: Case, channel: str) -> Encounter | None:
    return case.encounters.filter(channel=channel, silent=False).order_by("-opened_at", "-pk").first()


def _join(encounter: Encounter, message: Message, *, thanks: bool) -> Encounter:
    """There is more in it than thanks once anything else is written."""
    if encounter.thanks == "suggested" and not thanks:
        encounter.thanks = "no"
    before = encounter.last_heard_at or encounter.opened_at
    encounter.last_heard_at = max(before, message.at)
    encounter.opened_at = min(encounter.opened_at, message.at)
    encounter.save(update_fields=["thanks", "last_heard_at", "opened_at"])
    return encounter


def _open(case: Case, message: Message, *, thanks: bool, silent: bool) -> Encounter:
    is_first = not case.encounters.exists()
    encounter = Encounter.objects.create(
        case=case,
        customer=case.customer,
        channel=message.channel,
        started_by="customer",
        opened_at=message.at,
        last_heard_at=message.at,
        language=message.language,
        topic=case.topic,
        thanks="suggested" if thanks and not is_first else "no",
        silent=silent,
    )
    tell("encounter.opened", case=case, subject=encounter, silent=silent, facts={"thanks": encounter.thanks})
    return encounter
