"""Django's settings. What differs between installations comes from environment.py."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from courseapp import environment

ENV = environment.read()
BASE_DIR = environment.BASE
VAR = ENV.course_var


def _secret_key(path: Path) -> str:
    """The key in `path`, made on first start and readable by its owner alone."""
    if ENV.course_secret_key:
        return ENV.course_secret_key.get_secret_value()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():  # written whole, then named: two processes may start at once
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def _database(url: str) -> dict[str, Any]:
    """What the URL names, else SQLite in `VAR`; SQLite is set up for many readers and short writes."""
    if url and not url.startswith("sqlite"):
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": dj_database_url.parse(url)["NAME"] if url else VAR / "course.sqlite3",
        "CONN_MAX_AGE": 60,  # seconds: to open it costs more than most questions
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


SECRET_KEY = _secret_key(VAR / "secret-key")
DEBUG = ENV.course_dev
ALLOWED_HOSTS = ENV.hosts
COURSE_CONTENT = ENV.course_content
COURSE_URL = ENV.course_url
PURELY_LOCAL = ENV.local  # nobody signs in then; see lecture/instructors.py
REVIEW_FUZZ = True  # questions learned on one day come back on different ones; off in tests

ROOT_URLCONF = "courseapp.urls"
WSGI_APPLICATION = "courseapp.wsgi.application"
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "courseapp.staticfiles.OnlyWhatIsServed",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "csp",
    "django_htmx",
    "template_partials",
    "lecture",
]
# Sessions and users are not here: lecture/instructors.py puts them round the few views that know instructors,
# so that every other page stays without cookies, the same for everybody.
MIDDLEWARE = [
    "lecture.middleware.isolate",
    "lecture.slides.following.unchanged",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lecture.middleware.stage",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "lecture.course.context.site"],
            "builtins": [
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "lecture.templatetags.parts",
                "lecture.templatetags.figures",
            ],
        },
    }
]

DATABASES = {"default": _database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "courseapp.staticfiles.HashedStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Security: strict by construction (design.md); the tests read these headers from a running server.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lecture.course.errors.csrf_failure"
CSRF_COOKIE_NAME = "csrf"
LEARNER_COOKIE_NAME = "learner"
KEPT_COOKIE_NAME = "kept"
SESSION_COOKIE_NAME = "instructor"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a day of teaching
DOOR_COOKIE_NAME = "door"  # an instructor has signed in from this browser before
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_100_000  # bytes: an import of 1 MB and its form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
FILE_UPLOAD_HANDLERS = ["lecture.uploads.Bounded"]

if ENV.https:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 63_072_000  # two years
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # Preloading is the owner's of the whole domain to decide: it cannot be taken back for months.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"
    LEARNER_COOKIE_NAME = "__Host-learner"
    KEPT_COOKIE_NAME = "__Host-kept"
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-instructor"
    DOOR_COOKIE_NAME = "__Host-door"

# Instructors are the only ones with a password.
LOGIN_URL = "/sign-in/"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

# To the console, for whoever runs the server: warnings and errors, never what a visitor sent.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},  # a wrong host name is what a visitor sent
    },
}
