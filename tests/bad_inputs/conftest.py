import logging

import pytest

from bots.models import Bot
from tests.bad_inputs.hook import BOT, SECRET, Hook, same_thread


@pytest.fixture
def no_errors(caplog):
    """Fail the test if anything was logged as an error."""
    yield
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, [record.getMessage() for record in errors]


@pytest.fixture
def hook(db, settings, monkeypatch, no_errors):
    """Return a bot's webhook."""
    settings.TELEGRAM_BOT_TOKENS = [f"{BOT}:AAtoken"]
    settings.TELEGRAM_WEBHOOK_SECRET = SECRET
    for module in ("bots.webhook", "conversations.dispatch"):
        monkeypatch.setattr(f"{module}.in_database", same_thread)
    Bot.objects.create(pk=BOT, username="keys_bot")
    return Hook()
