"""A new case, and the people who take part in it."""

from __future__ import annotations

from datetime import datetime

from valtti.core.nul import without_nul
from valtti.customers import actions as customers
from valtti.customers.models import ContactPoint, Customer, Organisation
from valtti.desk.actions import policies
from valtti.desk.actions.keeping import tell
from valtti.desk.models import Case, Participant, Topic
from valtti.desk.models.participant import ParticipantRole, ParticipantState
from valtti.desk.models.words import Origin
from valtti.desk.queries.evidence import reference_of, title_from
from valtti.people.models import Team, User


def open_case(
    *,
    team: Team,
    title: str,
    customer: Customer | None,
    language: str,
    opened_at: datetime,
    origin: str = Origin.CUSTOMER,
    topic: Topic | None = None,
    by: User | None = None,
    silent: bool = False,
) -> Case:
    """Make the case, give it its number, bind it to its targets. Inside a deed that then refreshes it."""
    case = Case.objects.create(
        team=team,
        title=title_from(without_nul(title)) or "–",
        customer=customer,
        language=language,
        opened_at=opened_at,
        origin=origin,
        topic=topic,
        organisation=_organisation(customer),
    )
    case.reference, case.root = reference_of(case), case
    case.save(update_fields=["reference", "root"])
    if customer is not None:
        customers.admit_team(customer=customer, team=team)
    tell("case.opened", case=case, by=by, facts={"origin": origin}, silent=silent)
    if not silent:
        policies.bind(case)
    return case


def take_part(
    case: Case,
    point: ContactPoint,
    *,
    role: str = ParticipantRole.CUSTOMER,
    state: str = ParticipantState.ADMITTED,
) -> Participant:
    """Put an address into a case; one that takes part already keeps its state."""
    row, _is_new = Participant.objects.get_or_create(
        case=case, contact_point=point, defaults={"role": role, "state": state}
    )
    return row


def _organisation(customer: Customer | None) -> Organisation | None:
    """The one body the customer acts for; with none or several nothing is guessed."""
    if customer is None:
        return None
    roles = list(customer.roles.filter(until=None).select_related("organisation")[:2])
    return roles[0].organisation if len(roles) == 1 else None
