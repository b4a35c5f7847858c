"""What the pages about people ask, and what higher rooms ask about people."""

from valtti.people.queries.administration import people_for, skills, standing_of, team_people, teams_for
from valtti.people.queries.hours import calendar_page, calendar_version, calendars
from valtti.people.queries.members import (
    face,
    holders_of,
    house,
    members_of,
    places_of,
    servers_of,
    signature,
    teams_led_by,
)
from valtti.people.queries.own import own_doors, own_session_id

__all__ = [
    "calendar_page",
    "calendar_version",
    "calendars",
    "face",
    "holders_of",
    "house",
    "members_of",
    "own_doors",
    "own_session_id",
    "people_for",
    "places_of",
    "servers_of",
    "signature",
    "skills",
    "standing_of",
    "team_people",
    "teams_for",
    "teams_led_by",
]
