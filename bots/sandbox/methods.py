"""Every method the sandbox knows, under its name."""

import logging
from collections.abc import Callable
from typing import Any

from bots.sandbox import (
    callbacks,
    chat_actions,
    editing,
    files,
    membership,
    profile,
    sending,
    webhooks,
)
from bots.sandbox.accounts import find_bot
from bots.sandbox.errors import bad_request, unknown_method
from bots.sandbox.models import SandboxBot
from bots.sandbox.params import Params

logger = logging.getLogger(__name__)

Method = Callable[[SandboxBot, Params], Any]

METHODS: dict[str, Method] = {
    "getMe": profile.get_me,
    "logOut": profile.accept,
    "close": profile.accept,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": profile.set_text,
    "getMyName": profile.get_text,
    "setMyDescription": profile.set_text,
    "getMyDescription": profile.get_text,
    "setMyShortDescription": profile.set_text,
    "getMyShortDescription": profile.get_text,
    "setChatMenuButton": profile.accept,
    "getChatMenuButton": profile.menu_button,
    "sendMessage": sending.send_message,
    "sendLocation": sending.send_location,
    "sendContact": sending.send_contact,
    "sendDice": sending.send_dice,
    "forwardMessage": sending.forward_message,
    "copyMessage": sending.copy_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "editMessageLiveLocation": editing.edit_or_stop_live_location,
    "stopMessageLiveLocation": editing.edit_or_stop_live_location,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": callbacks.answer_callback_query,
    "getFile": files.get_file,
    **files.METHODS,
    **chat_actions.METHODS,
    "getChat": membership.get_chat,
    "getChatMember": membership.get_chat_member,
    "getChatAdministrators": membership.get_chat_administrators,
    "getChatMemberCount": membership.get_chat_member_count,
    "leaveChat": membership.leave_chat,
    "setWebhook": webhooks.set_webhook,
    "deleteWebhook": webhooks.delete_webhook,
    "getWebhookInfo": webhooks.get_webhook_info,
}
# Telegram does not mind how a method's name is capitalised.
_BY_LOWER_NAME = {name.lower(): name for name in METHODS} | {"getupdates": "getUpdates"}


def method_name(given: str) -> str:
    """Return a method's proper name."""
    try:
        return _BY_LOWER_NAME[given.lower()]
    except KeyError:
        raise unknown_method() from None


def call(token: str, params: Params) -> Any:
    """Run one method for the bot of the token."""
    bot = find_bot(token)
    try:
        return METHODS[params.method](bot, params)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        # A parameter of the wrong shape, somewhere deep in a structure.
        logger.info("sandbox_wrong_parameters", extra={"method": params.method}, exc_info=error)
        raise bad_request("wrong parameters") from error
