"""Settings of the site. Values come from `environment.py`; what people change while running lives in the database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from valtti.project import environment
from valtti.project.databases import database
from valtti.project.keys_on_disk import key_list
from valtti.ui.csp import POLICY

TESTING = "pytest" in sys.modules
environment.refuse_unknown()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = Path(environment.text("VALTTI_DATA")).resolve()
FILES = Path(environment.text("VALTTI_FILES") or DATA / "files").resolve()
CACHE_FOLDER = DATA / "cache"
DEMO = environment.number("VALTTI_DEMO") == 1
LETTERS = environment.text("VALTTI_POST")
REACH = environment.items("VALTTI_REACH")
CLOCK_SHIFT = environment.number("VALTTI_CLOCK_SHIFT")
METRICS_TOKEN = environment.text("VALTTI_METRICS_TOKEN")
TRUSTED_PROXIES = environment.items("VALTTI_TRUSTED_PROXIES")

BIND = environment.text("VALTTI_BIND")
WEB_WORKERS = environment.number("VALTTI_WEB_WORKERS") or min(4, os.cpu_count() or 1)
WEB_THREADS = environment.number("VALTTI_WEB_THREADS") or (4 if environment.text("VALTTI_DATABASE") == "sqlite" else 8)
WORKERS = environment.number("VALTTI_WORKERS")
DATABASE_DIRECT = environment.text("VALTTI_DATABASE_DIRECT")

SECRET_KEYS = key_list(environment.items("VALTTI_SECRET_KEY"), DATA / "keys" / "secret.key")
FIELD_KEYS = key_list(environment.items("VALTTI_FIELD_KEY"), DATA / "keys" / "field.key")
SECRET_KEY, *SECRET_KEY_FALLBACKS = SECRET_KEYS

PUBLIC_URL = environment.text("VALTTI_URL").rstrip("/")
_address = urlsplit(PUBLIC_URL)
HTTPS = _address.scheme == "https"
LOOPBACK = _address.hostname in {"127.0.0.1", "localhost", "::1"}
if not HTTPS and not LOOPBACK:
    raise environment.WrongSetting("VALTTI_URL must begin with https:// unless it is a loopback address.")
if CLOCK_SHIFT and not LOOPBACK:
    raise environment.WrongSetting("VALTTI_CLOCK_SHIFT is for tests and the demo: VALTTI_URL must be loopback.")
DEBUG = os.environ.get("DJANGO_DEBUG") == "1" and LOOPBACK
ALLOWED_HOSTS = [_address.hostname or "", *(["testserver", "localhost"] if TESTING else [])]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "valtti.core",
    "valtti.ui",
    "valtti.people",
    "valtti.customers",
    "valtti.desk",
    "valtti.channels",
    "valtti.home",
    "valtti.project",
    # After ours: templates of people dress their pages.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "valtti.core.requests.RequestMiddleware",
    "valtti.ui.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "valtti.people.middleware.OwnSettingsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "valtti.ui.middleware.ImpossibleMiddleware",
]
ROOT_URLCONF = "valtti.project.urls"
WSGI_APPLICATION = "valtti.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "valtti.ui.context.shell",
            ]
        },
    }
]

DATABASES = {"default": database(environment.text("VALTTI_DATABASE"), DATA)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "valtti.core.tasks.LeasedBackend", "QUEUES": ["post", "mail", "default", "heavy"]}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else ["valtti.people.passwords.HouseHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "valtti.people.passwords.LengthValidator"},
    {"NAME": "valtti.people.passwords.CommonValidator", "OPTIONS": {"more": str(DATA / "refused-passwords.txt")}},
    {"NAME": "valtti.people.passwords.NamesValidator"},
]
SECOND_FACTOR = not DEMO and not TESTING
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "valtti.people.adapter.AccountAdapter"
MFA_ADAPTER = "valtti.people.adapter.FactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = False  # ours, in one table: core/limits.py
ACCOUNT_FORMS = {
    "login": "valtti.people.forms.door.LoginForm",
    "reauthenticate": "valtti.people.forms.door.ReauthenticateForm",
    "change_password": "valtti.people.forms.door.ChangePasswordForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "valtti.people.forms.door.CodeForm",
    "reauthenticate": "valtti.people.forms.door.CodeAgainForm",
    "activate_totp": "valtti.people.forms.door.StartCodesForm",
    "add_webauthn": "valtti.people.forms.door.AddKeyForm",
    "edit_webauthn": "valtti.people.forms.door.EditKeyForm",
    "authenticate_webauthn": "valtti.people.forms.door.KeyForm",
    "reauthenticate_webauthn": "valtti.people.forms.door.KeyAgainForm",
    "login_webauthn": "valtti.people.forms.door.KeyLoginForm",
}

SESSION_ENGINE = "valtti.people.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = POLICY
FORM_RENDERER = "valtti.ui.forms.HouseRenderer"
CSRF_FAILURE_VIEW = "valtti.ui.errors.form_too_old"
MESSAGE_TAGS = {10: "", 20: "", 25: "good", 30: "warn", 40: "bad"}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # Far more than a letter may have: forms say no in words, and keep what was typed.
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = {"en": "en-gb"}.get(environment.text("VALTTI_LANGUAGE"), environment.text("VALTTI_LANGUAGE"))
LANGUAGES = [("fi", _("Finnish")), ("ru", _("Russian")), ("en-gb", _("English"))]
HOUSE_LANGUAGES = ("fi", "ru", "en", "sv")
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.text("VALTTI_TIME_ZONE")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "valtti.ui.storage.JoinedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MAILERS = {"default": {"BACKEND": "valtti.people.letters.OutboxEmailBackend"}}
LOGGING_CONFIG = "valtti.core.logs.configure"
LOGGING = {"format": environment.text("VALTTI_LOG"), "level": environment.text("VALTTI_LOG_LEVEL")}
