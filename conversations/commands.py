"""The commands every bot has, and a kind answer to what no other handler takes."""

import re

from django.utils.translation import gettext_lazy as _

from conversations import admins, admission, forgetting, languages
from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming, router

_FOR_ANOTHER = re.compile(r"/[A-Za-z0-9_]+@([A-Za-z0-9_]+)")


def start(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /start; what follows it came through a link."""
    prefix, _, rest = incoming.arguments.partition("_")
    if rest and prefix in router.links:
        return router.links[prefix](chat, incoming)
    if not chat.is_private:
        return say("welcome_group", chat=chat, bot=chat.bot.username)
    return say("start", name=incoming.said.sender.first_name, chat=chat)


def help_(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /help with every command of the menu."""
    shown = [command for command in router.commands.values() if command.summary]
    return say("help", commands=shown, chat=chat, bot=chat.bot.username)


def ping(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /ping, to see that the way in and the way out are open."""
    return say("pong", text=incoming.arguments)


def privacy(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /privacy: what is kept, how long, and who can read it."""
    return say("privacy", chat=chat)


def arrive(chat: Chat, incoming: Incoming) -> Reply | None:
    """Greet a group that the bot was added to: what it sees there, and how to talk to it."""
    said = incoming.said
    is_new = said.member_before in {"", "left", "kicked"}
    if chat.is_private or said.member_status not in {"member", "administrator"} or not is_new:
        return None
    if said.chat_type == "channel":
        return None
    return say("welcome_group", chat=chat, bot=chat.bot.username)


def for_another(chat: Chat, incoming: Incoming) -> Reply | None:
    """Leave commands for other bots alone; in private say whom it was for."""
    match = _FOR_ANOTHER.match(incoming.said.text)
    if incoming.command or match is None:
        return None
    return say("for_another", name=match[1]) if chat.is_private else Reply()


def unknown(chat: Chat, incoming: Incoming) -> Reply:
    """Answer what nobody took: in a private chat, kindly; in a group, not at all."""
    if not chat.is_private:
        return Reply()
    return say("unknown", command=incoming.command[:64], attachment=incoming.said.attachment)


router.command("start", start)
router.command("help", help_, _("what I can do"))
router.command("language", admins.only(languages.command), _("choose my language"))
router.command("privacy", privacy, _("what I keep, and who can read it"))
router.command("forget", admins.only(forgetting.command), _("delete everything about this chat"))
router.command("ping", ping)
router.command("invite", admission.invite)
router.button("g1", admins.only(languages.press))
router.listen(forgetting.remember)
router.listen(admins.keep_fresh)
router.take("member", arrive)
router.take("text", for_another, priority=2)
router.take("text", unknown, priority=100)
router.take("media", unknown, priority=100)
router.take("location", unknown, priority=100)
