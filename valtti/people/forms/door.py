"""Forms at the door: login, codes, passwords, passkeys. The login package's own, in our words and under our limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as key_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from valtti.people import guard
from valtti.people.adapter import TOO_MANY

WRONG_KEY = _("This passkey cannot be used here.")
LONGEST_ADDRESS, LONGEST_PASSWORD, LONGEST_CODE = 254, 128, 16


def _password_rules() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


PASSWORD_RULES = lazy(_password_rules, str)()


def password_field(label: Any, *, new: bool = False) -> forms.CharField:
    """A password to be typed or pasted; a new one says what it must be."""
    hint = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=None if new else LONGEST_PASSWORD * 4,
        help_text=PASSWORD_RULES if new else "",
        widget=forms.PasswordInput(attrs={"autocomplete": hint}),
    )


def code_field() -> forms.CharField:
    """A six-digit code of an app, or a recovery code."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(label=_("Code"), max_length=LONGEST_CODE, widget=forms.TextInput(attrs=attributes))


class LoginForm(account_forms.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.EmailInput(attrs={"autocomplete": "username"})
        self.fields = {
            "login": forms.EmailField(label=_("E-mail"), max_length=LONGEST_ADDRESS, widget=widget),
            "password": password_field(_("Password")),
        }


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before something that cannot be taken back."""

    password = password_field(_("Password"))


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "oldpassword": password_field(_("Present password")),
            "password1": password_field(_("New password"), new=True),
        }

    def clean_oldpassword(self) -> str:
        """Checked as a login is, so that wrong ones are counted."""
        password: str = self.cleaned_data["oldpassword"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password


class NewPasswordForm(forms.Form):
    """A password chosen by whoever holds a one-time link."""

    password = password_field(_("New password"), new=True)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ResetForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=LONGEST_ADDRESS, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class LimitedCode(forms.Form):
    """Wrong codes are counted by person and place, so that a million guesses take years."""

    user: Any
    code = code_field()

    def clean_code(self) -> str:
        if guard.wait_for_code(context.request, self.user):
            raise forms.ValidationError(TOO_MANY, code="too_many")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            guard.count_wrong_code(context.request, self.user)
            raise
        return code


class CodeForm(LimitedCode, code_forms.AuthenticateForm):
    """The second factor at login."""

    code = code_field()


class CodeAgainForm(LimitedCode, code_forms.ReauthenticateForm):
    """The second factor once more."""

    code = code_field()


class StartCodesForm(LimitedCode, totp_forms.ActivateTOTPForm):
    """The first code of a new app."""

    code = code_field()


@contextmanager
def _made_up() -> Iterator[None]:
    """What no browser sends is refused as a wrong code is; the package below would fall over it."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as broken:
        raise forms.ValidationError(WRONG_KEY, code="incorrect_code") from broken


class AddKeyForm(key_forms.AddWebAuthnForm):
    """A passkey and what to call it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].max_length = 60
        self.fields["passwordless"] = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict) or not credential:
            raise forms.ValidationError(WRONG_KEY, code="incorrect_code")
        return credential

    def clean(self) -> dict[str, Any]:
        with _made_up():
            return dict(super().clean() or {})


class CheckedKey(forms.Form):
    """Whatever is sent as a passkey is either one of ours or refused."""

    def clean_credential(self) -> Any:
        with _made_up():
            return super().clean_credential()  # type: ignore[misc]


class KeyForm(CheckedKey, key_forms.AuthenticateWebAuthnForm):
    """A passkey as the second factor."""


class KeyAgainForm(CheckedKey, key_forms.ReauthenticateWebAuthnForm):
    """A passkey once more."""


class KeyLoginForm(CheckedKey, key_forms.LoginWebAuthnForm):
    """A passkey instead of a password."""


class EditKeyForm(key_forms.EditWebAuthnForm):
    """What a passkey is called."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60)
