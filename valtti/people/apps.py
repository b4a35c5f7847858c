"""What the room `people` hangs up when the house starts."""

from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "valtti.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from valtti.people import events, log_words, queries, signals, tasks  # noqa: F401
        from valtti.ui import house

        signals.listen()
        log_words.hang()
        house.tell(queries.face)
        self._hang_links()

    def _hang_links(self) -> None:
        from valtti.core.permissions import may
        from valtti.ui.links import hang

        hang("me", "people:settings", _("Own settings"), icon="user-round", order=10)
        for order, (name, title, icon, right) in enumerate(
            (
                ("people:users", _("Users"), "users-round", "users.manage"),
                ("people:teams", _("Teams"), "inbox", "teams.manage"),
                ("people:skills", _("Skills"), "graduation-cap", "users.manage"),
                ("people:calendars", _("Opening hours"), "calendar-days", "calendars.manage"),
                ("people:house", _("House"), "pen-line", "house.manage"),
                ("people:audit", _("Audit log"), "eye", "audit.read"),
            )
        ):
            for slot in ("me", "house"):
                hang(slot, name, title, icon=icon, order=50 + order, right=partial(_may, may, right))
        hang("me", "account_logout", _("Log out"), icon="arrow-right", order=900, post=True)


def _may(may: object, right: str, user: object) -> bool:
    return bool(may(user, right))  # type: ignore[operator]
