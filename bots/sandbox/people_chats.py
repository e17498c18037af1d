"""Create people, bots and chats."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.accounts import make_bot, make_person, next_chat_number, private_chat
from bots.sandbox.ask import Ask
from bots.sandbox.errors import bad_request
from bots.sandbox.feed import chat_summary
from bots.sandbox.membership import change_bot
from bots.sandbox.messages import write_and_tell
from bots.sandbox.models import Chat, Member, Person, SandboxBot
from bots.sandbox.updates import note_change


def create_person(ask: Ask) -> Any:
    """Create a person."""
    name = str(ask.value("first_name", "")).strip()
    if not name:
        raise bad_request("first_name is empty")
    number = ask.integer("id") or None
    if number and Person.objects.filter(pk=number).exists():
        raise bad_request("this id is taken")
    person = make_person(
        name[:64],
        last_name=str(ask.value("last_name", ""))[:64],
        username=str(ask.value("username", ""))[:64],
        language_code=str(ask.value("language_code", "en"))[:16],
        number=number,
    )
    note_change("people", person=person)
    return present.user(person)


def change_person(ask: Ask) -> Any:
    """Change a person, or deactivate the account."""
    person = Person.objects.filter(pk=ask.number).first()
    if person is None:
        raise bad_request("person not found")
    for name in ("first_name", "last_name", "username", "language_code", "deactivated"):
        if name in ask.body:
            setattr(person, name, ask.body[name])
    person.save()
    note_change("people", person=person)
    return present.user(person)


def create_bot(ask: Ask) -> Any:
    """Create a bot, or change the one with this token."""
    token = str(ask.value("token", ""))
    bot = SandboxBot.objects.filter(token=token).first() or make_bot(token)
    for name in ("username", "first_name", "revoked", "privacy"):
        if name in ask.body:
            setattr(bot, name, ask.body[name])
    bot.save()
    note_change("bot", bot=bot.pk)
    return present.me(bot)


def create_chat(ask: Ask) -> Any:
    """Create a chat, or return the private one that is there already."""
    kind = str(ask.value("kind", "private"))
    if kind not in Chat.Kind.values:
        raise bad_request(f"kind is one of {', '.join(Chat.Kind.values)}")
    if kind == Chat.Kind.PRIVATE:
        chat = private_chat(ask.bot(), ask.person())
        if ask.value("start"):
            Member.objects.get_or_create(chat=chat, bot=chat.bot)
        return chat_summary(chat)
    return chat_summary(create_group(ask, kind))


def create_group(ask: Ask, kind: str) -> Chat:
    """Create a group or channel with its people and, unless `bot` is 0, a bot."""
    creator = ask.person()
    with_bot = ask.value("bot") != 0
    bot = ask.bot() if with_bot or kind == Chat.Kind.GROUP else None
    chat = Chat.objects.create(
        kind=kind,
        number=next_chat_number(kind),
        bot=bot if kind == Chat.Kind.GROUP else None,
        title=str(ask.value("title", "") or "Group")[:128],
        username=str(ask.value("username", "")),
        forum=bool(ask.value("forum")),
        topics=[
            {"message_thread_id": 1000 + place, "name": name}
            for place, name in enumerate(ask.value("topics", []))
        ],
    )
    Member.objects.create(chat=chat, person=creator, status="creator")
    for number in ask.value("people", []):
        if number != creator.pk:
            Member.objects.create(chat=chat, person=Person.objects.get(pk=number))
    note_change("chat", chat)
    if with_bot and bot is not None:
        welcome(chat, bot, creator, str(ask.value("bot_status", "member")))
    return chat


def welcome(chat: Chat, bot: SandboxBot, creator: Person, status: str) -> None:
    """Let the bot into a new chat, with the service message of its kind."""
    if chat.kind == Chat.Kind.CHANNEL:
        change_bot(chat, bot, "administrator", creator)
        return
    change_bot(chat, bot, status, creator)
    if chat.kind == Chat.Kind.GROUP:
        write_and_tell(chat, {"group_chat_created": True}, person=creator)
    else:
        joined = {
            "new_chat_members": [present.bot_user(bot)],
            "new_chat_member": present.bot_user(bot),
        }
        write_and_tell(chat, joined, person=creator)
