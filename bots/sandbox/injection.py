"""Queue raw updates, repeated and malformed ones too, for tests of a bot's inbox."""

from typing import Any

from bots.sandbox.ask import Ask
from bots.sandbox.models import PendingUpdate
from bots.sandbox.rows import count_up
from bots.sandbox.updates import bot_key
from bots.sandbox.waiting import wake_on_commit


def inject(ask: Ask) -> Any:
    """Queue raw updates as they are, for tests of repeated and malformed ones."""
    bot, assign = ask.bot(), bool(ask.value("assign"))
    for payload in ask.value("updates", []):
        if assign and "update_id" not in payload:
            payload["update_id"] = count_up(bot, "last_update_id")
        given = payload.get("update_id") if isinstance(payload, dict) else None
        number = given if isinstance(given, int) else None
        PendingUpdate.objects.create(bot=bot, update_id=number, payload=payload, injected=True)
    wake_on_commit(bot_key(bot))
    return {"queued": len(ask.value("updates", []))}
