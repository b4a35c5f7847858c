"""The nouns of the desk."""

from valtti.desk.models.assignment import Assignment
from valtti.desk.models.availability import Availability
from valtti.desk.models.case import Case, CaseLink, LetIn, Topic
from valtti.desk.models.closure import Closure
from valtti.desk.models.draft import Draft, Presence
from valtti.desk.models.encounter import Encounter
from valtti.desk.models.message import Message, MessageFile
from valtti.desk.models.participant import Participant
from valtti.desk.models.pause import Pause
from valtti.desk.models.policy import Milestone, SlaBinding, SlaPolicy, SlaTarget, SlaVersion
from valtti.desk.models.promise import Promise
from valtti.desk.models.restriction import Restriction
from valtti.desk.models.tag import CaseTag, Tag

__all__ = [
    "Assignment",
    "Availability",
    "Case",
    "CaseLink",
    "CaseTag",
    "Closure",
    "Draft",
    "Encounter",
    "LetIn",
    "Message",
    "MessageFile",
    "Milestone",
    "Participant",
    "Pause",
    "Presence",
    "Promise",
    "Restriction",
    "SlaBinding",
    "SlaPolicy",
    "SlaTarget",
    "SlaVersion",
    "Tag",
    "Topic",
]
