"""Settings, from environment variables only; every one has a default that works on one machine.

``GRUNNMUR_DATA`` is the one folder to back up: database, uploaded files and the generated secret key.
A variable ending in ``_FILE`` names a file that holds the value, for secrets.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

PACKAGE = Path(__file__).resolve().parent


def env(name: str, default: str = "") -> str:
    """A variable, or the contents of the file that ``<name>_FILE`` points to."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_flag(name: str, *, default: bool) -> bool:
    """``1``/``true`` or ``0``/``false``; anything else is refused with the variable's name."""
    value = env(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return value in {"1", "true"}


def env_list(name: str, default: str = "") -> list[str]:
    """Comma-separated values."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def _kept_secret_key(folder: Path) -> str:
    """A secret key made once and kept beside the data, so that sessions outlive a restart."""
    path = folder / "secret-key"
    if not path.exists():
        # What is read and decided lies here, so other users of the machine stay out.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, get_random_secret_key())
    return path.read_text(encoding="utf-8").strip()


def _write_once(path: Path, value: str) -> None:
    """Put the whole value there at once, unless another process that starts now was first."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as part:  # only its owner can read it
        part.write(value)
        part.flush()
        with suppress(FileExistsError):
            path.hardlink_to(part.name)


DATA_DIR = Path(env("GRUNNMUR_DATA", "grunnmur-data")).resolve()
DEBUG = env_flag("GRUNNMUR_DEBUG", default=False)
SECRET_KEY = env("GRUNNMUR_SECRET_KEY") or _kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = env_list("GRUNNMUR_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("GRUNNMUR_ORIGINS")
HTTPS = env_flag("GRUNNMUR_HTTPS", default=False)

MUNICIPALITY_NAME = env("GRUNNMUR_MUNICIPALITY", "Kommunen")
MUNICIPALITY_CODE = env("GRUNNMUR_MUNICIPALITY_CODE", "")
CONTACT_EMAIL = env("GRUNNMUR_CONTACT_EMAIL", "")
ACCESSIBILITY_STATEMENT_URL = env("GRUNNMUR_ACCESSIBILITY_URL", "")
SOURCE_CODE_URL = env("GRUNNMUR_SOURCE_CODE_URL", "")

# A language model that may draft; without an address there is none, and nothing else changes.
KI_URL = env("GRUNNMUR_KI_URL")
KI_MODEL = env("GRUNNMUR_KI_MODEL")
KI_KEY = env("GRUNNMUR_KI_KEY")
KI_SECONDS = int(env("GRUNNMUR_KI_SECONDS", "60"))

INSTALLED_APPS = [
    "grunnmur_web.accounts",
    "grunnmur_web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "grunnmur_web.accounts.guards.PrivateAnswers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "grunnmur_web.views.locale.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "grunnmur_web.accounts.guards.RequestGuard",
    "grunnmur_web.accounts.guards.SignInFromForm",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "grunnmur_web.urls"
WSGI_APPLICATION = "grunnmur_web.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "grunnmur_web.pages.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'grunnmur.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": env("GRUNNMUR_TASKS", "django_tasks_db.DatabaseBackend"), "QUEUES": ["default"]}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "front"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "grunnmur_web.accounts.adapter.AccountAdapter"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
BEHIND_PROXY = env_flag("GRUNNMUR_BEHIND_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SOCIALACCOUNT_ADAPTER = "grunnmur_web.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# The first sign-in from outside finds the user by an address that the issuer has verified, see the adapter.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

OIDC_ISSUER = env("GRUNNMUR_OIDC_ISSUER")
# Browsers also hold a form's redirects to the security policy, and the sign-in page may have a host of its own.
OIDC_HOSTS = env_list("GRUNNMUR_OIDC_HOSTS", OIDC_ISSUER)
# Levels that open the door, the preferred first; ID-porten has idporten-loa-substantial and idporten-loa-high.
OIDC_ACR = env_list("GRUNNMUR_OIDC_ACR")
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [],
        "provider_class": "grunnmur_web.accounts.oidc.Provider",
    }
}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "oidc",
            "name": env("GRUNNMUR_OIDC_NAME", "kommunens innlogging"),
            "client_id": env("GRUNNMUR_OIDC_CLIENT"),
            "secret": env("GRUNNMUR_OIDC_SECRET"),
            "settings": {"server_url": OIDC_ISSUER, "token_auth_method": "client_secret_post"},
        }
    )

# A message holds addresses and links that give a new password: never in the log of a site in use.
_WITHOUT_SERVER = "console" if DEBUG else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if env('GRUNNMUR_SMTP_HOST') else _WITHOUT_SERVER}.EmailBackend"
EMAIL_HOST = env("GRUNNMUR_SMTP_HOST")
EMAIL_PORT = int(env("GRUNNMUR_SMTP_PORT", "25"))
EMAIL_HOST_USER = env("GRUNNMUR_SMTP_USER")
EMAIL_HOST_PASSWORD = env("GRUNNMUR_SMTP_PASSWORD")
EMAIL_USE_TLS = env_flag("GRUNNMUR_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env("GRUNNMUR_FROM_EMAIL", "grunnmur@localhost")

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
# Without a folder of collected files, they are served straight from the package.
STATIC_ROOT = Path(folder) if (folder := env("GRUNNMUR_STATIC")) else None
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "grunnmur_cache",
        # Beyond this, rows are thrown out at random, and with them how often someone has tried to sign in.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

UPLOAD_MAX_BYTES = int(env("GRUNNMUR_UPLOAD_MB", "100")) * 1024 * 1024
UPLOADS_PER_HOUR = int(env("GRUNNMUR_UPLOADS_PER_HOUR", "200"))
DATA_UPLOAD_MAX_NUMBER_FILES = 500
# Files of a whole folder come in one request.
REQUEST_MAX_BYTES = 10 * UPLOAD_MAX_BYTES
ANONYMOUS_MAX_BYTES = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_HOSTS],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("GRUNNMUR_LOG", "WARNING")},
}
