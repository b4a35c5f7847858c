"""Addresses of the room `people`. Those of the login package keep its names, which it looks up itself."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from valtti.people.views import audit, door, house, own, users

_door = [
    path("login/", door.limited(account.login), name="account_login"),
    path("logout/", login_not_required(account.logout), name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/factors/", factors.index, name="mfa_index"),
    path("account/factors/login/", factors.authenticate, name="mfa_authenticate"),
    path("account/factors/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/app/removal/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/login/", door.limited(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("account/passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/removal/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
_people = [
    path("reset/", door.reset, name="reset"),
    path("reset/sent/", door.reset_sent, name="reset_sent"),
    path("password/<str:token>/", door.choose_password, name="choose_password"),
    path("settings/", own.settings, name="settings"),
    path("settings/logins/", own.end_others, name="end_others"),
    path("settings/logins/<int:pk>/", own.end_session, name="end_session"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new_user, name="new_user"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/details/", users.details, name="details"),
    path("users/<int:pk>/roles/", users.roles, name="roles"),
    path("users/<int:pk>/skills/", users.skills, name="user_skills"),
    path("users/<int:pk>/invitation/", users.invitation, name="invitation"),
    path("users/<int:pk>/factors/", users.factors, name="factors"),
    path("users/<int:pk>/departure/", users.departure, name="departure"),
    path("users/<int:pk>/return/", users.homecoming, name="homecoming"),
    path("teams/<int:pk>/reopening/", house.reopening, name="reopening"),
    path("skills/", house.skills, name="skills"),
    path("teams/", house.teams, name="teams"),
    path("teams/new/", house.new_team, name="new_team"),
    path("teams/<int:pk>/", house.team, name="team"),
    path("teams/<int:pk>/retirement/", house.retirement, name="retirement"),
    path("calendars/", house.calendars_page, name="calendars"),
    path("calendars/<int:pk>/", house.calendar, name="calendar"),
    path("hours/<int:pk>/withdrawal/", house.withdrawal, name="withdrawal"),
    path("house/", house.house, name="house"),
    path("audit/", audit.audit, name="audit"),
]
urlpatterns = [*_door, path("", include((_people, "people")))]
