from pathlib import Path

import pytest

from config import checks

TOKEN = "123456789:AAHfiqksKZ8WmR2zMnQdLk3vXy7-aBcD_Ef"
POSTGRES = "django.db.backends.postgresql"


@pytest.fixture(autouse=True)
def plain(settings, monkeypatch):
    """The settings of a fresh machine, whatever the environment of the tests says."""
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", checks.SQLITE)
    settings.SANDBOX = False
    settings.TELEGRAM_BOT_TOKENS = []
    settings.TELEGRAM_API_URL = "https://api.telegram.org"
    settings.TELEGRAM_MODE = "polling"
    settings.TELEGRAM_WEBHOOK_SECRET = settings.PUBLIC_URL = ""
    settings.WEB_BIND = "127.0.0.1:8000"
    settings.TEMPORAL_ADDRESS = settings.TEMPORAL_API_KEY = ""
    settings.TEMPORAL_TLS_CERT = settings.TEMPORAL_TLS_KEY = settings.TEMPORAL_TLS_CA = ""
    settings.TEMPORAL_PAYLOAD_KEYS = []
    return settings


def found() -> list[str]:
    return [message.id.split(".")[1] for message in checks.check_settings(None)]


def test_a_fresh_machine_has_nothing_to_mend():
    assert found() == []


HOOK = {"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": "s3cret"}
WEB = {"PUBLIC_URL": "https://bot.example.org"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"TELEGRAM_BOT_TOKENS": [TOKEN]}, []),
        ({"TELEGRAM_BOT_TOKENS": [TOKEN, TOKEN.replace("123", "124")]}, []),
        ({"TELEGRAM_BOT_TOKENS": [TOKEN[:20]]}, ["E001"]),
        ({"TELEGRAM_BOT_TOKENS": [TOKEN, "BotFather says: " + TOKEN]}, ["E001"]),
        ({"TELEGRAM_BOT_TOKENS": [TOKEN, TOKEN]}, ["E002"]),
        ({**HOOK, **WEB}, []),
        (HOOK, ["E003"]),
        ({**HOOK, "PUBLIC_URL": "http://bot.example.org"}, ["E003"]),
        ({**HOOK, **WEB, "TELEGRAM_WEBHOOK_SECRET": ""}, ["E004"]),
        ({**HOOK, **WEB, "TELEGRAM_WEBHOOK_SECRET": "two words"}, ["E004"]),
        (
            {
                **HOOK,
                "PUBLIC_URL": "http://10.0.0.1:8000",
                "TELEGRAM_API_URL": "http://127.0.0.1:1",
            },
            [],
        ),
        ({"TELEGRAM_LOG_CHAT": "operators"}, ["E018"]),
        ({"TELEGRAM_LOG_CHAT": "-1001234567890"}, ["I019"]),
        ({"TELEGRAM_LOG_CHAT": "123456"}, []),
        ({"PUBLIC_URL": "bot.example.org"}, ["E005"]),
        ({"PUBLIC_URL": "https://"}, ["E005"]),
        ({"PUBLIC_URL": "https://host:notaport"}, ["E005"]),
        ({"PUBLIC_URL": "http://192.0.2.1:8000"}, []),
        ({"WEB_BIND": "8000"}, ["E006"]),
        ({"WEB_BIND": "0.0.0.0:99999"}, ["E006"]),
        ({"WEB_BIND": "0.0.0.0:8000"}, []),
        ({"WEB_BIND": "0.0.0.0:8000", "DEBUG": True}, ["E007"]),
        ({"WEB_BIND": "[::]:8000", "DEBUG": True}, ["E007"]),
        ({"WEB_BIND": "[::1]:8000", "DEBUG": True}, []),
        ({"WEB_BIND": "localhost:8000", "DEBUG": True}, []),
        ({"TELEGRAM_API_URL": "127.0.0.1:8081"}, ["E009"]),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:8081"}, []),
        ({"TELEGRAM_API_URL": "http://api.example.org"}, ["W010"]),
        ({"TEMPORAL_ADDRESS": "127.0.0.1"}, ["E011"]),
        ({"TEMPORAL_ADDRESS": "127.0.0.1:7233"}, []),
        ({"TEMPORAL_ADDRESS": "c:1", "TEMPORAL_TLS_CA": "/no.pem"}, ["E012", "I016"]),
        ({"TEMPORAL_ADDRESS": "127.0.0.1:1", "TEMPORAL_TLS_CERT": __file__}, ["E013"]),
        ({"TEMPORAL_API_KEY": "k"}, ["W014"]),
        ({"TEMPORAL_PAYLOAD_KEYS": ["short"]}, ["E015"]),
        ({"TEMPORAL_ADDRESS": "cluster.example.org:7233"}, ["I016"]),
    ],
)
def test_each_wrong_setting_is_found(plain, given, expected):
    for name, value in given.items():
        setattr(plain, name, value)
    assert found() == expected


def test_the_sandbox_needs_no_token(plain):
    plain.SANDBOX, plain.TELEGRAM_BOT_TOKENS = True, ["1:sandbox"]
    plain.TELEGRAM_API_URL = "http://0.0.0.0:8000"
    assert found() == []


def test_a_shared_database_needs_a_shared_secret_key(plain, monkeypatch):
    monkeypatch.setitem(plain.DATABASES["default"], "ENGINE", POSTGRES)
    monkeypatch.delenv("DJANGO_SECRET_KEY", raising=False)
    assert found() == ["E008", "I017"]
    monkeypatch.setenv("DJANGO_SECRET_KEY", "x" * 50)
    assert found() == ["I017"]


def test_every_error_says_what_to_set_and_every_id_is_used_once():
    source = Path(checks.__file__).read_text()
    ids = [line.split('"')[1] for line in source.splitlines() if 'id="config.' in line]
    assert len(ids) == len(set(ids))
    assert source.count("hint=") == len(ids) - 1, "the text about payload keys is its own hint"
