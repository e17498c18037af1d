"""Raw updates by the whole way of handlers: stored by the inbox, read, answered in a transaction."""

import json
import logging
import time
import unicodedata
from itertools import count
from zoneinfo import ZoneInfo

from bots.envelope import Envelope, read_message
from bots.inbox import store
from bots.models import Update
from conversations.answering import answer
from conversations.models import Message
from reminders.models import Reminder
from tests.chat.person import BOT, buttons_of
from tests.machine import within

USER = {"id": 77, "is_bot": False, "first_name": "Mia", "language_code": "en"}
CHAT = {"id": 77, "type": "private", "first_name": "Mia"}
GROUP = {"id": -1008, "type": "supergroup", "title": "G"}
BERLIN = ZoneInfo("Europe/Berlin")
numbers = count(50_000)
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def message(text=None, **more):
    """Return an update with a message of Mia's."""
    body = {"message_id": next(numbers), "date": 1791288300, "chat": CHAT, "from": USER, **more}
    return {"message": body if text is None else {**body, "text": text}}


def callback(data, **more):
    """Return an update with a press of Mia's."""
    body = {"id": "1", "from": USER, "chat_instance": "1", "data": data,
            "message": {"message_id": 5, "date": 0, "chat": CHAT}}  # fmt: skip
    return {"callback_query": {**body, **more}}


class Wire:
    """Takes raw updates and keeps watch over what is said, stored and logged because of them."""

    def __init__(self, person, caplog):
        self.person, self.caplog = person, caplog

    def __call__(self, raw, update_id=None):
        """Return the rows that answer a raw update; a bad one takes less than a second of the processor."""
        number = next(numbers) if update_id is None else update_id
        # As it comes from the wire: lone surrogates survive JSON, too.
        assert store(BOT, json.loads(json.dumps({"update_id": number, **raw})))
        row = Update.objects.get(bot=BOT, update_id=number)
        said = read_message(row.payload, BOT)
        began = time.thread_time()
        envelope = Envelope(BOT, number, row.chat_id, row.sequence, row.request_id, said)
        told = answer(envelope)
        assert time.thread_time() - began < within(1)
        rows = [Message.objects.get(pk=pk) for pk in told.message_ids]
        self.check(rows)
        for one in rows:
            self.person.deliver(one)
        return rows

    def check(self, rows):
        """No trouble in the log, and nothing that Telegram would refuse."""
        loud = [r for r in self.caplog.records if r.levelno >= logging.WARNING or r.exc_info]
        assert not loud, self.caplog.text
        for row in rows:
            assert not row.text.startswith("Sorry, something went wrong")
            length = len(row.text.encode("utf-16-le")) // 2
            assert length <= 4096
            assert row.text.strip() or row.method != "sendMessage"
            for entity in row.entities:
                assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= length
            for button in buttons_of(row):
                assert button["text"].strip()
                assert 1 <= len(button.get("callback_data", "x").encode()) <= 64


def shown(rows):
    """Return the messages among the rows."""
    return [row for row in rows if row.method == "sendMessage"]


def stored():
    """Return the only reminder there is, as text and local time; None without one."""
    found = Reminder.objects.filter().order_by("pk")
    assert len(found) <= 1
    if not found:
        return None
    return found[0].text, f"{found[0].due_at.astimezone(BERLIN):%Y-%m-%d %H:%M}"


def is_clean(text):
    """Whether a stored text is text: no control characters but line breaks, no halves of characters."""
    text.encode()
    allowed = "\n\t"
    return not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text)


def has_no_turns(text):
    """Whether nothing in it turns the direction of what follows."""
    return not set(text) & set(_TURNS)
