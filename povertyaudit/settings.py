"""All settings, read top to bottom. What may be set from outside: docs/interfaces.md, "Environment"."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from povertyaudit import env, logs, wiring

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = env.choice("POVERTYAUDIT_ENV", "local", ("local", "production")) == "production"
DATA_DIR = env.data_dir(BASE_DIR / "var")
DEBUG = not PRODUCTION and env.flag("DEBUG")
PORT = env.number("PORT", 8000, least=1, most=65535)
BIND = env.text("BIND", "127.0.0.1")

# Keys: demanded in production, made once in DATA_DIR otherwise.
KEY_HOME = None if PRODUCTION else DATA_DIR
SECRET_KEY = env.secret("SECRET_KEY", home=KEY_HOME)
VAULT_KEY = env.vault_key("VAULT_KEY", home=KEY_HOME)  # encrypts who complained; kept apart from the database
VAULT_OLD_KEYS = env.vault_keys("VAULT_OLD_KEYS", present=VAULT_KEY)  # until core.rotation is done
VAULT_READ_MINUTES = env.number("VAULT_READ_MINUTES", 60, least=5, most=60)  # of an approved reader
ID_MATCH_KEY = env.secret("ID_MATCH_KEY", home=KEY_HOME)  # keyed digests of ID numbers: the same person found

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/db.sqlite3")}
REDIS_URL = env.text("REDIS_URL")  # redis://host:6379/0 or unix:///path?db=0; absent means embedded mode
EMBEDDED = not REDIS_URL
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:  # a file for the tests too: the in-memory database cannot show a race
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

if PRODUCTION:
    env.demand_production(
        SECRET_KEY, VAULT_KEY, ID_MATCH_KEY, hosts=ALLOWED_HOSTS, sqlite=SQLITE, redis=REDIS_URL
    )

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "povertyaudit.core",
    "cases",
    "inspections",
    "funds",
    "rectification",
    "povertyaudit.answering",
    "povertyaudit.activities",
    "povertyaudit.talks",
    "povertyaudit.assessment",
    "povertyaudit.sheets",
    "povertyaudit.reporting",
    "povertyaudit.exchange",
    "povertyaudit.documents",
    "povertyaudit.demo",
]
MIDDLEWARE = [
    "povertyaudit.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "povertyaudit.middleware.CompressMiddleware",
    "povertyaudit.hardening.PrivateAnswersMiddleware",
    "povertyaudit.hardening.SizeMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "povertyaudit.middleware.OwnActsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "povertyaudit.middleware.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "povertyaudit.middleware.PlainAddressMiddleware",
    "povertyaudit.hardening.SearchLimitMiddleware",
]
ROOT_URLCONF = "povertyaudit.urls"
WSGI_APPLICATION = "povertyaudit.wsgi.application"
ASGI_APPLICATION = "povertyaudit.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "povertyaudit.home.frame",
            ],
        },
    }
]
FORM_RENDERER = "povertyaudit.core.forms.drawing.FormRenderer"

LANGUAGE_CODE, TIME_ZONE = "zh-hans", "Asia/Shanghai"
USE_TZ = USE_I18N = True

# People and sessions.
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["povertyaudit.core.backends.PostBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "povertyaudit.core.session_store"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a click; a click starts them anew (core/session_store.py)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:  # the prefix makes browsers refuse a cookie that another host or plain HTTP has set
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [
    f"https://{host.replace('.', '*.', 1) if host[0] == '.' else host}" for host in ALLOWED_HOSTS
]

# What the browser is told. Nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the style sheet's own drawings
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without a proxy
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.flag("BEHIND_PROXY")
PROXIES = (
    env.number("PROXY_COUNT", 1, least=1, most=9) if BEHIND_PROXY else 0
)  # of our own, one after the other
if BEHIND_PROXY:  # only where a proxy of our own sets the header and drops the visitor's
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Files. Our own static files, and the named ones out of installed packages; attachments have no address.
STATIC_URL = "/static/"
STATIC_DIR = env.text("STATIC_DIR")  # collected when the image was built; absent: collected at the start
STATIC_ROOT = Path(STATIC_DIR) if STATIC_DIR else DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "povertyaudit.staticfiles.NamedFilesFinder",
]
NODE_DIR = BASE_DIR / "node_modules"
NAMED_STATIC_FILES = {
    "vendor/tabler.min.css": NODE_DIR / "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.js": NODE_DIR / "@tabler/core/dist/js/tabler.min.js",
    "vendor/tom-select.min.css": NODE_DIR / "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "vendor/tom-select.min.js": NODE_DIR / "tom-select/dist/js/tom-select.complete.min.js",
    "vendor/echarts.min.js": NODE_DIR / "echarts/dist/echarts.min.js",
    "vendor/htmx.min.js": env.package_file("django_htmx", "static/django_htmx/htmx-2.min.js"),
}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "povertyaudit.staticfiles.HashedStorage"},
}
MB = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * MB  # a form without its files; a 200-page text fits
JSON_MOST, MULTIPART_MOST = 2 * MB, 200 * MB  # bytes of a whole body; the cap of one file: core.file_types
QUERY_MOST, QUERY_VALUES_MOST = 4096, 200  # bytes and values of a query string
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MB
FILE_UPLOAD_TEMP_DIR = str(env.folder(DATA_DIR / "tmp"))
FILE_UPLOAD_HANDLERS = ["povertyaudit.core.uploads.NamelessUploadHandler"]

# How often and how many at once: far above what people do.
SEARCHES_PER_MINUTE = env.number("SEARCHES_PER_MINUTE", 300, least=1)
SIGN_IN_FAILURES_PER_ADDRESS = env.number("SIGN_IN_FAILURES_PER_ADDRESS", 100, least=5)  # in 15 minutes
EXPORTS_AT_ONCE, LEDGER_ROWS_AT_ONCE = 2, 20_000  # ledgers of one account; more rows go to a job

# Letters go to a folder until a mail server is named.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 5  # seconds for each step
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ledger@localhost")

CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if EMBEDDED
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

# Work outside the request. The job rows in the database are the truth, the broker only wakes the worker.
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    env.filesystem_broker(DATA_DIR / "broker")
    if EMBEDDED
    else {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # a Redis that is gone costs a page nothing: without these each wake-up waits 8 seconds
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "socket_connect_timeout": 2,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600  # seconds
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("WORKERS", 1 if EMBEDDED else 2, least=1, most=64)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not EMBEDDED
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# What may leave the house. Empty: nothing does, whatever the officers confirm.
OUTBOUND_HOSTS = env.words("OUTBOUND_HOSTS")  # exact host[:port] of messengers and of the mail server
NOTIFY_BY_MAIL = env.flag("NOTIFY_BY_MAIL")  # letters need this and a confirmed channel
SITE_URL = env.text("SITE_URL").rstrip("/")  # https://host that links in outgoing messages begin with
HANDING_OVER, ROUND_PARTS, ROUND_CLOSING = wiring.HANDING_OVER, wiring.ROUND_PARTS, wiring.ROUND_CLOSING
PLAN_APPROVED, LEADS_OF_ROUNDS = wiring.PLAN_APPROVED, wiring.LEADS_OF_ROUNDS
CLOCK_FOLLOWERS, UNIT_FOLLOWERS = wiring.CLOCK_FOLLOWERS, wiring.UNIT_FOLLOWERS
JOB_HANDLERS, ASSESSMENT_MEASURES = wiring.JOB_HANDLERS, wiring.ASSESSMENT_MEASURES
STEP_AGREED, STEP_ELSEWHERE, EVIDENCE_VERBS = wiring.STEP_AGREED, wiring.STEP_ELSEWHERE, wiring.EVIDENCE_VERBS
TALK_SIGNED, TALK_CANCELLED, SEALED_NUMBERS = wiring.TALK_SIGNED, wiring.TALK_CANCELLED, wiring.SEALED_NUMBERS
RECORD_TABLES, RECORD_DOORS, DOCUMENT_KINDS = wiring.RECORD_TABLES, wiring.RECORD_DOORS, wiring.DOCUMENT_KINDS
VILLAGE_TERM_FOLLOWERS, DAILY_WORK = wiring.VILLAGE_TERM_FOLLOWERS, wiring.DAILY_WORK
RESPONSIBLE_NAMED, LEDGER_ORDERS = wiring.RESPONSIBLE_NAMED, wiring.LEDGER_ORDERS
SCAN_AFTER = "07:30"  # local time from which the morning's reminders go out

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "povertyaudit.core.api.auth.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["povertyaudit.core.api.renderers.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["povertyaudit.core.api.parsers.StrictJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "povertyaudit.core.api.parsers.AlwaysOurs",
    "DEFAULT_FILTER_BACKENDS": ["povertyaudit.core.api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "povertyaudit.core.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "povertyaudit.core.api.schema_fields.HonestSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nothing
    "EXCEPTION_HANDLER": "povertyaudit.core.api.errors.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "扶贫监督台账",
    "DESCRIPTION": "问题线索、巡察、整改、资金台账的接口。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["povertyaudit.core.api.schema.finished"],
}

# One line per event on stderr: no names, no contents, no query strings; the id ties the lines of one request.
LOGGING = logs.configuration(env.text("LOG_LEVEL", "WARNING").upper())
