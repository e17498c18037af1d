"""Every setting of the product, read once from the environment or `.env` (see README, Settings)."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from config import env, logs
from config.appearance import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent
env.read_dotenv(BASE_DIR / ".env")
DATA_DIR = Path(env.text("DATA_DIR", "var"))
DATA_DIR = DATA_DIR if DATA_DIR.is_absolute() else BASE_DIR / DATA_DIR

# --- Telegram -------------------------------------------------------------------------------------
os.environ.setdefault(
    "PTB_TIMEDELTA", "true"
)  # python-telegram-bot's next major version: spans are timedeltas
TELEGRAM_BOT_TOKENS = env.words("TELEGRAM_BOT_TOKEN")
SANDBOX = not TELEGRAM_BOT_TOKENS
TELEGRAM_API_URL = env.text("TELEGRAM_API_URL", "https://api.telegram.org").rstrip("/")
TELEGRAM_MODE = env.one_of("TELEGRAM_MODE", ("polling", "webhook"))
TELEGRAM_WEBHOOK_SECRET = env.text("TELEGRAM_WEBHOOK_SECRET")
ALLOWED_USERS = env.integers("ALLOWED_USERS")
ADMIN_USERS = env.integers("ADMIN_USERS")
TELEGRAM_RESOLVE = env.flag("TELEGRAM_RESOLVE", default=True)
TELEGRAM_LOG_CHAT = env.text("TELEGRAM_LOG_CHAT")

# --- Temporal -------------------------------------------------------------------------------------
TEMPORAL_ADDRESS = env.text("TEMPORAL_ADDRESS")
TEMPORAL_NAMESPACE = env.text("TEMPORAL_NAMESPACE", "default")
TEMPORAL_TASK_QUEUE = env.text("TEMPORAL_TASK_QUEUE", "reminders")
TEMPORAL_API_KEY = env.text("TEMPORAL_API_KEY")
TEMPORAL_TLS_CERT = env.text("TEMPORAL_TLS_CERT")
TEMPORAL_TLS_KEY = env.text("TEMPORAL_TLS_KEY")
TEMPORAL_TLS_CA = env.text("TEMPORAL_TLS_CA")
TEMPORAL_PAYLOAD_KEYS = env.words("TEMPORAL_PAYLOAD_KEYS")
TEMPORAL_METRICS_BIND = env.text("TEMPORAL_METRICS_BIND")
TEMPORAL_DATABASE = DATA_DIR / "temporal.db"

# --- Web ------------------------------------------------------------------------------------------
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")
WEB_BIND = env.text("WEB_BIND", "127.0.0.1:8000")
HEARTBEAT_URL = env.text("HEARTBEAT_URL")
if SANDBOX:
    # No token: the bot talks to the small Bot API server in its own web server.
    TELEGRAM_BOT_TOKENS = ["1000001:sandbox"]
    TELEGRAM_API_URL = f"http://{WEB_BIND}"
DEBUG = env.flag("DJANGO_DEBUG")
SECRET_KEY = env.kept_secret("DJANGO_SECRET_KEY", DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("DJANGO_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("DJANGO_ALLOWED_HOSTS") or [
    host for host in ("localhost", "127.0.0.1", "[::1]", urlsplit(PUBLIC_URL).hostname) if host
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

INSTALLED_APPS = [
    "config",
    "reminders",
    "conversations",
    "bots",
    "bots.sandbox",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.security.SecurityHeaders",
    "config.static.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "config.sessions.RenewSession",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.refusals.Refusals",
]

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
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    # Measured: with WAL, IMMEDIATE and a long timeout, concurrent writers wait instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / f"test-{os.getpid()}.sqlite3"}
else:
    # An unreachable host must not hold a thread for minutes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # Several runs of the tests may use one server at once.
    DATABASES["default"]["TEST"] = {"NAME": f"test_{DATABASES['default']['NAME']}_{os.getpid()}"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Retention (days; 0 keeps for ever) -------------------------------------------------------------
RETENTION_PAYLOAD_DAYS = env.number("RETENTION_PAYLOAD_DAYS", 30)
RETENTION_UPDATE_DAYS = env.number("RETENTION_UPDATE_DAYS", 90)
RETENTION_ATTEMPT_DAYS = env.number("RETENTION_ATTEMPT_DAYS", 90)
RETENTION_MESSAGE_DAYS = env.number("RETENTION_MESSAGE_DAYS", 730)
RETENTION_REMINDER_DAYS = env.number("RETENTION_REMINDER_DAYS", 365)

# --- Words and times ------------------------------------------------------------------------------
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "config.formats"
LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("ru", "Русский"),
]
LOCALE_PATHS = [BASE_DIR / "conversations" / "locale", BASE_DIR / "reminders" / "locale"]

# --- Static files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

# --- Logs -----------------------------------------------------------------------------------------
LOG_FORMAT = env.one_of("LOG_FORMAT", ("console", "json"))
LOG_LEVEL = env.one_of("LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR"))
LOG_SECRETS = [
    *TELEGRAM_BOT_TOKENS,
    TELEGRAM_WEBHOOK_SECRET,
    TEMPORAL_API_KEY,
    *TEMPORAL_PAYLOAD_KEYS,
    SECRET_KEY,
    *SECRET_KEY_FALLBACKS,
    HEARTBEAT_URL,
    str(DATABASES["default"].get("PASSWORD", "")),
]
LOGGING = logs.configuration(LOG_FORMAT, LOG_LEVEL, LOG_SECRETS)

# --- Security -------------------------------------------------------------------------------------
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Per name and address together: a stranger who guesses cannot lock the operator out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "config.refusals.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Reminder bot"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 8 * 3600  # since the last thing done: see config.sessions.RenewSession
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PUBLIC_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
