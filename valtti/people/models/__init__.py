"""Who serves: users, teams, memberships, skills and working languages, and how they come in."""

from valtti.people.models.door import House, KnownAddress, OneTimeLink, Purpose, Session
from valtti.people.models.skill import Fluency, Level, Skill, UserSkill, WorkingLanguage
from valtti.people.models.team import Membership, Role, Team
from valtti.people.models.user import HouseRole, Theme, User

__all__ = [
    "Fluency",
    "House",
    "HouseRole",
    "KnownAddress",
    "Level",
    "Membership",
    "OneTimeLink",
    "Purpose",
    "Role",
    "Session",
    "Skill",
    "Team",
    "Theme",
    "User",
    "UserSkill",
    "WorkingLanguage",
]
