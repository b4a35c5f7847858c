"""Our words handed to the outbox: the letter with its footer, headers and what the carrier must know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from valtti.core import clock, outbox
from valtti.core.models import OutgoingPost
from valtti.desk import letters
from valtti.desk.models import Message, Participant, Promise
from valtti.desk.queries.letter_parts import written_answer
from valtti.people.models import User


def post_answer(
    message: Message, people: Sequence[Participant], *, promise: Promise | None, held_for: timedelta
) -> OutgoingPost:
    """An agent's answer, to all admitted people, held for the undo span."""
    written = written_answer(message, promise)
    return outbox.post(
        kind="answer",
        key=f"answer:{message.pk}",
        to=[person.contact_point.value for person in people],
        headers=_headers(message),
        not_before=clock.now() + held_for if held_for else None,
        files=[_file(row) for row in message.files.all()],
        **_common(message, written, people[0].contact_point_id),
    )


def post_receipt(message: Message, *, address: str, contact_point_id: int, written: letters.Written) -> OutgoingPost:
    """An automatic confirmation of receipt."""
    return outbox.post(
        kind="receipt",
        key=f"receipt:{contact_point_id}:{message.pk}",
        to=[address],
        headers=_headers(message),
        automatic=True,
        **_common(message, written, contact_point_id),
    )


def cancel_post(post: OutgoingPost, *, by: User) -> bool:
    """True when it had not left and will not."""
    return outbox.cancel(post, by=by)


def _common(message: Message, written: letters.Written, contact_point_id: int) -> dict[str, Any]:
    case = message.case
    return {
        "source": message.mailbox or "house",
        "language": message.language,
        "subject_line": written.subject,
        "body": written.body,
        "subject": message,
        "facts": {"case_id": case.pk, "contact_point_id": contact_point_id},
        "customer_id": case.customer_id,
        "team_id": case.team_id,
        "order_key": f"case:{case.pk}",
    }


def _headers(message: Message) -> dict[str, str]:
    """What the customer's program needs to show the letter in its thread."""
    ids = [f"<{reference}>" for reference in message.references]
    return {"In-Reply-To": ids[-1], "References": " ".join(ids)} if ids else {}


def _file(row: Any) -> dict[str, str]:
    return {"sha256": row.sha256, "name": row.safe_name, "media_type": row.media_type or row.sniffed_type}
