"""Who is served: persons, organisations, ways to reach them, what they allowed."""

from valtti.customers.models.consent import Consent, QuietPeriod
from valtti.customers.models.contact import ContactPoint
from valtti.customers.models.customer import Customer, CustomerFact, CustomerTeam, Merge
from valtti.customers.models.organisation import Organisation, OrganisationRole
from valtti.customers.models.touchpoint import Touchpoint

__all__ = [
    "Consent",
    "ContactPoint",
    "Customer",
    "CustomerFact",
    "CustomerTeam",
    "Merge",
    "Organisation",
    "OrganisationRole",
    "QuietPeriod",
    "Touchpoint",
]
