"""How a user comes in: factors and logins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from valtti.people import devices
from valtti.people.models import Session, User


@dataclass(frozen=True, slots=True)
class Login:
    """One of the own logins, as it is listed."""

    session: Session
    device: str
    current: bool


@dataclass(frozen=True, slots=True)
class OwnDoors:
    """How a user comes in: factors and logins."""

    has_app: bool
    passkeys: int
    codes_left: int
    logins: list[Login]


def own_session_id(session: Any) -> int | None:
    """The number of the login this request belongs to."""
    return getattr(session, "row_id", None)


def own_doors(user: User, session: Any) -> OwnDoors:
    """The factors and the living logins of a user, the one in use first."""
    by_type = {row.type: row for row in Authenticator.objects.filter(user=user)}
    codes = by_type.get(Authenticator.Type.RECOVERY_CODES)
    mine = own_session_id(session)
    logins = [Login(row, devices.told(row.browser), row.pk == mine) for row in user.sessions.alive()]
    return OwnDoors(
        has_app=Authenticator.Type.TOTP in by_type,
        passkeys=Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count(),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        logins=sorted(logins, key=lambda login: not login.current),
    )
