"""Run inside a house's own environment: the cast, their passwords, and a mailbox at the test's servers."""

from __future__ import annotations

import sys

import django


def main(language: str, imap: str, smtp: str) -> None:
    """Stage the cast and North's mailbox; Aino works in `language` and sends without a pause to undo."""
    django.setup()
    from valtti.channels.testing import NORTH_ADDRESS, stage_mailbox
    from valtti.channels.tests.servers import HERE, PASSWORD, USER
    from valtti.desk.actions.policies import publish_default
    from valtti.people.models import User
    from valtti.people.testing import stage_people

    people = stage_people()
    publish_default()
    User.objects.filter(pk=people.aino.pk).update(language=language, undo_seconds=0)
    stage_mailbox(
        NORTH_ADDRESS,
        people.north,
        imap_host=HERE,
        imap_port=int(imap),
        imap_security="none",
        imap_user=USER,
        imap_password=PASSWORD,
        smtp_host=HERE,
        smtp_port=int(smtp),
        smtp_security="none",
        language=language,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
