"""Who takes part in a case; only admitted participants receive replies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from valtti.customers.models import ContactPoint
from valtti.customers.models.contact import ContactKind, ContactState
from valtti.desk.models.case import Case, OfCaseQuerySet
from valtti.people.models import User


class ParticipantRole(models.TextChoices):
    """In what part."""

    CUSTOMER = "customer", pgettext_lazy("part in a case", "customer")
    COLLEAGUE = "colleague", pgettext_lazy("part in a case", "the customer’s colleague")
    COPIED = "copied", pgettext_lazy("part in a case", "copied")
    THIRD_PARTY = "third_party", pgettext_lazy("part in a case", "third party")


class ParticipantState(models.TextChoices):
    """Whether we let them in."""

    ADMITTED = "admitted", pgettext_lazy("state of a participant", "admitted")
    PENDING = "pending", pgettext_lazy("state of a participant", "waits for a decision")
    REFUSED = "refused", pgettext_lazy("state of a participant", "refused")


class Participant(models.Model):
    """One address in one case, and who decided on it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    contact_point = models.ForeignKey(ContactPoint, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=ParticipantRole.choices, default=ParticipantRole.CUSTOMER)
    state = models.CharField(max_length=8, choices=ParticipantState.choices, default=ParticipantState.ADMITTED)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = OfCaseQuerySet["Participant"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "contact_point"], name="takes_part_once")]

    def __str__(self) -> str:
        return f"{self.contact_point} {self.state}"

    @property
    def is_dead(self) -> bool:
        """Admitted, but letters there come back for good."""
        return self.state == ParticipantState.ADMITTED and self.contact_point.state == ContactState.DEAD

    @property
    def can_be_written_to(self) -> bool:
        """Admitted, with an e-mail address in use that is not dead."""
        point = self.contact_point
        return (
            self.state == ParticipantState.ADMITTED
            and point.kind == ContactKind.EMAIL
            and point.state != ContactState.DEAD
            and point.valid_until is None
        )
