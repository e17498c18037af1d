"""The commands every bot has, and a kind answer to what no other handler takes."""

from django.utils.translation import gettext_lazy as _

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming, router


def start(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /start."""
    return say("start", name=incoming.said.sender.first_name, chat=chat)


def help_(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /help with every command of the menu."""
    return say(
        "help", commands=[command for command in router.commands.values() if command.summary]
    )


def ping(chat: Chat, incoming: Incoming) -> Reply:
    """Answer /ping, to see that the way in and the way out are open."""
    return say("pong", text=incoming.arguments)


def unknown(chat: Chat, incoming: Incoming) -> Reply:
    """Answer what nobody took: in a private chat, kindly; in a group, not at all."""
    if not chat.is_private:
        return Reply()
    return say("unknown", command=incoming.command, attachment=incoming.said.attachment)


router.command("start", start)
router.command("help", help_, _("what I can do"))
router.command("ping", ping)
router.take("text", unknown, priority=100)
router.take("media", unknown, priority=100)
router.take("location", unknown, priority=100)
