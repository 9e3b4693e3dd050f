"""The app's settings, all of them from the environment (README.md). Trakt's own are read by Watchprint (trakt.py).

Nothing here asks a network, and nothing is ever in debug mode: its error pages show what should stay here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

RENEWAL_S: Final = 120
"""Longer than a renewal takes that Trakt answers slowly: others who want to write wait for it [s]."""


def _secret_key() -> str:
    """What signs sessions and seals tokens. A sandbox's tokens open nothing, so that it needs no secret."""
    if said := os.environ.get("DJANGO_SECRET_KEY"):
        return said
    if os.environ.get("TRAKT_API_URL") == "sandbox":
        return "django-insecure-only-for-a-sandbox-whose-tokens-open-nothing"
    raise ImproperlyConfigured(
        "DJANGO_SECRET_KEY is not set: it signs sessions and seals tokens. Make one with "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))' and keep it"
    )


def _database() -> dict[str, Any]:
    """SQLite in a file, or the PostgreSQL of DATABASE_URL."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        from psycopg.conninfo import conninfo_to_dict

        parts = conninfo_to_dict(url)
        return {"ENGINE": "django.db.backends.postgresql", "NAME": parts.pop("dbname", ""), "OPTIONS": parts}
    if url and not url.startswith("sqlite:///"):
        raise ImproperlyConfigured("DATABASE_URL is postgresql://user@host/name or sqlite:///file")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(url.removeprefix("sqlite:///") or "watchdiary.sqlite3"),
        "OPTIONS": {
            # SQLite has no row locks, and ignores select_for_update: a transaction takes the write lock as it begins.
            "transaction_mode": "IMMEDIATE",
            "timeout": RENEWAL_S,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        },
    }


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = os.environ.get("DJANGO_SECRET_KEY_FALLBACKS", "").split()
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where Trakt sends browsers back to also says under which name browsers know this app.
TRAKT_REDIRECT_URI = os.environ.get("TRAKT_REDIRECT_URI") or "http://127.0.0.1:8000/callback"
_HOME = urlsplit(TRAKT_REDIRECT_URI)
HOME_ORIGIN = f"{_HOME.scheme}://{_HOME.netloc}"
_LOCAL = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [*_LOCAL, _HOME.hostname] if _HOME.hostname in _LOCAL else [_HOME.hostname or ""]
CSRF_TRUSTED_ORIGINS = [HOME_ORIGIN]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HOME.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "watchdiary.accounts",
    "watchdiary.profile",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "watchdiary.middleware.private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is private unless it says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "watchdiary.middleware.own_time",
    "watchdiary.middleware.FriendlyRefusals",
]
LOGIN_URL = "signin"
ROOT_URLCONF = "watchdiary.urls"
WSGI_APPLICATION = "watchdiary.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
USE_TZ = True
TIME_ZONE = "UTC"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_queries": {"()": "watchdiary.logs.WithoutQueries"}},
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "nowhere": {"class": "logging.NullHandler"},
        "stderr": {"class": "logging.StreamHandler", "filters": ["no_queries"], "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django.security.DisallowedHost": {
            "handlers": ["nowhere"],
            "propagate": False,
        },  # answered 400; anybody can send them
        "httpx2": {"level": "WARNING"},
    },
}
