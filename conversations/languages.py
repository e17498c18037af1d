"""The interface's language: Telegram's own at first, another one by /language."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info

from conversations.models import Chat
from conversations.replies import Button, Change, Reply, Rows, Toast, say
from conversations.router import Incoming

PER_ROW = 2


def command(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /language: offer all of them or, with a code or a name, take that one."""
    wanted = incoming.arguments.strip().casefold()
    if not wanted:
        return say("language", buttons=_buttons(), chat=chat)
    for code, name in settings.LANGUAGES:
        english = str(get_language_info(code)["name"])
        if wanted in {code, name.casefold(), english.casefold()}:
            _set(chat, code)
            return say("language_set", chat=chat)
    return say("language", buttons=_buttons(), chat=chat, unknown=incoming.arguments[:40])


def press(chat: Chat, incoming: Incoming) -> Reply:
    """Answer a press on a language."""
    code = incoming.said.callback_data.partition(":")[2]
    if code not in dict(settings.LANGUAGES):
        return Reply([Toast()])
    _set(chat, code)
    return Reply([Toast(), Change(incoming.said.message_id, "language_set", {"chat": chat})])


def _set(chat: Chat, code: str) -> None:
    """Store the language; the rest of this answer is already in it."""
    chat.language = code
    chat.save(update_fields=["language"])
    translation.activate(code)


def _buttons() -> Rows:
    all_of_them = [Button(name, f"g1:{code}") for code, name in settings.LANGUAGES]
    return [all_of_them[start : start + PER_ROW] for start in range(0, len(all_of_them), PER_ROW)]
