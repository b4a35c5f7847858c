"""Links that open the door once, and the passwords chosen by them."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from valtti.core import clock, events, tokens
from valtti.people import letters, log
from valtti.people.actions.sessions import end_sessions
from valtti.people.impossible import HasLeft, LinkIsDead
from valtti.people.models import OneTimeLink, Purpose, User
from valtti.people.models.door import LIFE


@transaction.atomic
def make_link(*, user: User, purpose: Purpose, made_by: User | None) -> tuple[OneTimeLink, str]:
    """A right to choose a password once; earlier ones of this person no longer work. The token is told here only."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise HasLeft
    moment, token = clock.now(), tokens.new(purpose)
    OneTimeLink.objects.filter(user=user, used_at=None, void_at=None).update(void_at=moment)
    link = OneTimeLink.objects.create(
        user=user,
        purpose=purpose,
        token_hash=token.digest,
        made_at=moment,
        made_by=made_by,
        expires_at=moment + LIFE[purpose],
    )
    return link, token.shown


def find_link(token: str) -> OneTimeLink | None:
    """The open link behind a token, by the hash; writes nothing."""
    hashes = [digest for purpose in Purpose if (digest := tokens.digest(purpose, token))]
    return OneTimeLink.objects.usable().filter(token_hash__in=hashes).select_related("user").first()


def use_link(*, token: str, password: str) -> User:
    """Choose a password by a link: used up, every login of the person ends, factors stay as they are."""
    found = find_link(token)
    if found is None:
        raise LinkIsDead
    return _use(found, make_password(password))


def set_password(*, user: User, password: str, keep_session: int | None = None) -> User:
    """Change a password: other logins end, open links are void."""
    return _store(user, make_password(password), "password.changed", keep_session)


@transaction.atomic
def send_reset(*, address: str) -> bool:
    """Post a reset link if somebody of ours has this address; True if so. Nobody is told which."""
    user = User.objects.active().filter(email=address.strip().lower()).first()
    if user is None:
        return False
    link, token = make_link(user=user, purpose=Purpose.RESET, made_by=None)
    letters.post_letter(to=user, kind="reset", key=str(link.pk), context={"token": token})
    log.note("password.reset_asked", subject=user)
    return True


def forget_links() -> int:
    """Delete links that were used, taken back or have run out; how many."""
    dead = Q(expires_at__lt=clock.now()) | Q(used_at__isnull=False) | Q(void_at__isnull=False)
    return OneTimeLink.objects.filter(dead).delete()[0]


# Hashing takes a while and may wait its turn: it is done before the transaction begins.
@transaction.atomic
def _use(found: OneTimeLink, hashed: str) -> User:
    user = User.objects.select_for_update().get(pk=found.user_id)
    link = OneTimeLink.objects.select_for_update().usable().filter(pk=found.pk).first()
    if link is None:
        raise LinkIsDead
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    _join(user)
    return _store(user, hashed, f"password.set_by_{link.purpose}", None)


@transaction.atomic
def _store(user: User, hashed: str, what: str, keep_session: int | None) -> User:
    user.password = hashed
    user.save(update_fields=["password"])
    OneTimeLink.objects.filter(user=user, used_at=None, void_at=None).update(void_at=clock.now())
    end_sessions(user=user, why="password", by=user, besides=keep_session)
    log.note(what, by=user, subject=user)
    return user


def _join(user: User) -> None:
    if user.joined_at is None:
        user.joined_at = clock.now()
        user.save(update_fields=["joined_at"])
        events.record("user.joined", subject=user, by=user)
