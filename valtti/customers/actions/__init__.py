"""What may be done about customers."""

from valtti.customers.actions.consents import begin_quiet, end_quiet, note_consent, withdraw_consent
from valtti.customers.actions.contacts import (
    add_contact_point,
    mark_bouncing,
    mark_working,
    retire_contact_point,
    verify,
)
from valtti.customers.actions.identifying import Identified, add_customer, find, identify
from valtti.customers.actions.merging import merge, unmerge
from valtti.customers.actions.persons import admit_team, rename, save_details, save_needs

__all__ = [
    "Identified",
    "add_contact_point",
    "add_customer",
    "admit_team",
    "begin_quiet",
    "end_quiet",
    "find",
    "identify",
    "mark_bouncing",
    "mark_working",
    "merge",
    "note_consent",
    "rename",
    "retire_contact_point",
    "save_details",
    "save_needs",
    "unmerge",
    "verify",
    "withdraw_consent",
]
