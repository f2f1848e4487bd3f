"""Settings, read from the environment (see .env.example); the defaults are for one machine with SQLite."""

from pathlib import Path

from django.utils.csp import CSP

from config.environment import Environment, kept_key
from config.logs import json_lines

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))

# What this installation keeps outside the database: the SQLite file, the generated key, sent mail, logs.
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


SECRET_KEY = env("SECRET_KEY", default="") or kept_key(DATA_DIR / "secret_key")
# Keys of before: what they signed stays good, and the words of guests go on being understood.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
_NAMES = env.list("ALLOWED_HOSTS", default=[])
# The loopback names are always answered: health checks ask by them, and no one else can reach them.
ALLOWED_HOSTS = [*_NAMES, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# -- The server: `manage.py serve` and config/gunicorn.py read these. -------------------------------

HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2)
THREADS = env.int("THREADS", default=4)
# The demo's people have published passwords: they come by themselves only where no one else can reach them, neither
# straight nor through a proxy, whose signs are the other three.
_ALONE = HOST in {"127.0.0.1", "::1", "localhost"} and not (HTTPS or ALLAUTH_TRUSTED_PROXY_COUNT or _NAMES)
DEMO = env.bool("DEMO", default=_ALONE)
DEMO_PASSWORD = env("DEMO_PASSWORD", default="counterpoint-demo")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "drf_spectacular",
    "config",
    "accounts",
    "debates",
    "classrooms",
]

MIDDLEWARE = [
    "config.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.SecurityHeaders",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.DatabaseAway",
    "config.middleware.PlainAddress",
    "config.middleware.NotAllowedPage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
        },
    },
]

# -- Database: SQLite unless DATABASE_URL names a PostgreSQL. Both are first class. --------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'counterpoint.sqlite3'}")}
DB_VENDOR = "sqlite" if DATABASES["default"]["ENGINE"].endswith("sqlite3") else "postgresql"
_options = DATABASES["default"].setdefault("OPTIONS", {})
if DB_VENDOR == "sqlite":
    # IMMEDIATE: a writer waits its turn instead of failing halfway with "database is locked". SQLite keeps no queue,
    # so of twenty writers one can be passed over for long: 20 seconds were too short for 1 act in 200.
    _options |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    if env("DATABASE_PASSWORD", default=""):
        DATABASES["default"]["PASSWORD"] = env("DATABASE_PASSWORD")
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    _options.setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Cache: rate limits live in it, so every process must see the same one. -----------------------

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}
SESSION_ENGINE = "accounts.cached_sessions" if REDIS_URL else "accounts.sessions"

# -- People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Nobody learns from us whether an address has an account here, not even by signing up with it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # our views decide: a guest may sign in
# A school is one address: thirty pupils sign up in one lesson. Failed log-ins stay narrow, per account.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "guest": "60/m/ip",
    "login": "60/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "phrase_failed": "30/m/ip,300/h/ip",
    # Reading a file takes a second or so; thirty pupils of one school send theirs in one minute.
    "essay_file": "60/m/ip",
}
LOGIN_REDIRECT_URL = "topic-list"
LOGIN_URL = "account_login"

# -- Mail -------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Counterpoint <counterpoint@localhost>")
if env("SMTP_HOST", default=""):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env("SMTP_HOST"),
                "port": env.int("SMTP_PORT", default=587),
                "username": env("SMTP_USER", default=""),
                "password": env("SMTP_PASSWORD", default=""),
                "use_tls": env.bool("SMTP_TLS", default=True),
                "timeout": 10,
            },
        }
    }
else:
    # No mail server: letters are files that the operator can read.
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": DATA_DIR / "mail"},
        }
    }

# -- Languages and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE", default="UTC")
USE_TZ = True

# -- Static files -------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
SERVESTATIC_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "config.storage.HashedStorage"
    },
}

# -- Limits and headers ---------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# How many acts on topics one person may do in a minute; more is a script, and hears "slow down".
WRITES_PER_MINUTE = env.int("WRITES_PER_MINUTE", default=30)

# -- The API: /api/v1/ -------------------------------------------------------------------------------------

API_READS_PER_MINUTE = env.int("API_READS_PER_MINUTE", default=600)
API_WRITES_PER_MINUTE = env.int("API_WRITES_PER_MINUTE", default=120)
# Everyone without a token and without a session, by their address.
API_ANONYMOUS_PER_MINUTE = env.int("API_ANONYMOUS_PER_MINUTE", default=120)
API_CORS_ORIGINS = env.list("API_CORS_ORIGINS", default=[])

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "debates.api.authentication.TokenAuthentication",
        "debates.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],  # debates/permissions.py decides, as for the pages
    "DEFAULT_PARSER_CLASSES": ["debates.api.encoding.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["debates.api.encoding.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "debates.api.schema.Schema",
    "EXCEPTION_HANDLER": "debates.api.problems.answer_to",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` names the format of an export
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Counterpoint API",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["debates.api.schema.complete"],
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if HTTPS:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- Logs: one JSON object a line, no names, no addresses, no texts. ----------------------------------------

LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = json_lines(
    LOG_LEVEL,
    {
        # `runserver` writes raw paths, which can hold the token of a share link; RequestLog has said it already.
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        # At DEBUG this one writes every value that goes into a query.
        "django.db.backends": {"level": "INFO"},
    },
)
