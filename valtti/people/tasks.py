"""What the room does in the background: reset letters, and sweeping up after logins."""

from __future__ import annotations

from valtti.core.schedule import every
from valtti.core.tasks import task
from valtti.people import guard
from valtti.people.actions import passwords, sessions


@task(max_attempts=5)
def send_reset_letter(address: str) -> None:
    """Safe twice: a second link voids the first."""
    passwords.send_reset(address=address)


@every(hours=1)
@task(max_attempts=3)
def sweep_up() -> None:
    """Forget logins a day after their end, links that open nothing any more, and places not seen for long."""
    sessions.forget_ended()
    passwords.forget_links()
    guard.forget_places()
