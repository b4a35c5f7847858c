"""How the login package behaves in our house: whom it lets try, how it keeps secrets, what it says."""

from __future__ import annotations

from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from valtti.core import keys
from valtti.people import guard, letters
from valtti.people.actions import passwords as deeds
from valtti.people.models import User
from valtti.people.queries import house
from valtti.ui.http import slow_down

type Messages = dict[str, Any]

MISMATCH = gettext_lazy("The e-mail address and the password do not belong together.")
WRONG_CODE = gettext_lazy("This code is not right, or it has been used already. Wait for the next one.")
TOO_MANY = gettext_lazy("There were too many tries. Wait a few minutes, or log in with a passkey.")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; guesses are counted; letters go to the outbox."""

    error_messages: ClassVar[Messages] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "email_password_mismatch": MISMATCH,
        "enter_current_password": gettext_lazy("This is not your present password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("This is not your password."),
        "invalid_login": MISMATCH,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return guard.address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Look before hashing: too many failures are answered with 429, the same for known and unknown accounts."""
        wait = guard.wait_for(request, credentials.get("email", ""))
        if wait:
            raise ImmediateHttpResponse(slow_down(request, wait))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A closed account answers as a wrong password does."""
        user = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return user
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        guard.count_failure(request, credentials.get("email", ""))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        guard.note_login(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Other logins of this person end with the old password."""
        assert isinstance(user, User)
        row_id = getattr(getattr(self.request, "session", None), "row_id", None)
        deeds.set_password(user=user, password=password, keep_session=row_id)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:settings")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code from your app"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        return [{**method, "description": words[method["id"]]} for method in methods]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        letters.post_from_template(template_prefix, email, context)


class FactorAdapter(DefaultMFAAdapter):
    """Seeds are kept encrypted; names are the house's."""

    error_messages: ClassVar[Messages] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy("The second factor cannot be removed."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a second factor first: codes stand in for it."),
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return keys.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keys.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return house().name

    def build_totp_svg(self, url: str) -> str:
        """On white paper, so that cameras read it in the dark theme too."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return _("My device")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "", "name": house().name}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": getattr(user, "name", "")}
