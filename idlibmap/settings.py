"""One settings file, fed by the environment; each variable is documented in README.md.

A missing or senseless value fails at start with a hint, see `idlibmap.environment`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from idlibmap.environment import read_environment

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = read_environment(BASE_DIR)

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.csrf_trusted_origins

INSTALLED_APPS = [
    "idlibmap.apps.IdlibmapAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "leaflet",
    "simple_history",
    "import_export",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "ninja",
    "django_tasks",
    *(["django_tasks_db"] if ENV.tasks_backend == "database" else []),
    "events",
]

MIDDLEWARE = [
    "events.middleware.RequestIdMiddleware",
    "events.middleware.SafeHeadersMiddleware",
    "events.api.frame.PublicDataMiddleware",
    "events.middleware.KnownHostMiddleware",
    "events.limits.RateLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "events.middleware.CleanTextMiddleware",
    "events.outages.OutageMiddleware",
    "events.caching.KeptAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "events.middleware.LanguageFromQueryMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "idlibmap.urls"
WSGI_APPLICATION = "idlibmap.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# A second factor's secret is shown once, to its owner.
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
# Locked by name AND address together: an enemy who knows an editor's name cannot shut them out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "events.limits.client_address"
AXES_USERNAME_CALLABLE = "events.middleware.login_name"
TRUSTED_PROXIES = ENV.trusted_proxies
RATE_LIMIT = ENV.rate_limit

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Damascus"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENV.static_root
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": ENV.static_storage},
}
WHITENOISE_USE_FINDERS = ENV.debug
WHITENOISE_AUTOREFRESH = ENV.debug

SNAPSHOT_ROOT = ENV.snapshot_root
# Seconds that an answer to anonymous readers is kept; tests of it turn it on themselves.
KEPT_SECONDS = 0 if ENV.debug or "pytest" in sys.modules else 15
TILE_URL = ENV.tile_url
TILE_ATTRIBUTION = ENV.tile_attribution
NOMINATIM_URL = ENV.nominatim_url
HISTORY_FOUR_EYES = ENV.four_eyes
# Tests sign in with a password alone; those of the second factor turn it on themselves.
REQUIRE_TOTP = ENV.require_totp and "pytest" not in sys.modules
REPORT_MAX_BYTES = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = REPORT_MAX_BYTES + 1024 * 1024

TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks_db.DatabaseBackend"
            if ENV.tasks_backend == "database"
            else "django_tasks.backends.immediate.ImmediateBackend"
        )
    }
}

LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (35.75, 36.7),
    "DEFAULT_ZOOM": 8,
    "TILES": [],
    "FORCE_IMAGE_PATH": "leaflet/images",
    "RESET_VIEW": False,
    "NO_GLOBALS": False,
}

# OSM is a toggle of the map; everything else comes from this machine.
TILE_SOURCES = ["https://tile.openstreetmap.org", *ENV.tile_origins]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_SOURCES],
        "connect-src": [SELF, *ENV.tile_origins],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True
# Control characters, which a workbook cannot hold, would end an export with an error.
IMPORT_EXPORT_ESCAPE_ILLEGAL_CHARS_ON_EXPORT = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "events.logs.RequestId"}},
    "formatters": {
        "debug": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "text": {"()": "events.logs.TextLines"},
        "json": {"()": "events.logs.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "debug" if ENV.debug else ENV.log_format,
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        # Django's own handlers would print messages of exceptions, which may quote a report.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "ERROR"},
    },
}
