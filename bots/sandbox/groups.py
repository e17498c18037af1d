"""What people change about a chat: members, rights, topics, and the upgrade to a supergroup."""

from typing import Any

from bots.sandbox import present
from bots.sandbox.accounts import next_chat_number
from bots.sandbox.ask import Ask
from bots.sandbox.errors import bad_request
from bots.sandbox.feed import chat_summary
from bots.sandbox.membership import change_bot, change_person
from bots.sandbox.messages import write_and_tell
from bots.sandbox.models import Chat, Member, Person
from bots.sandbox.updates import note_change

STATUSES = ("creator", "administrator", "member", "restricted", "left", "kicked")


def block(ask: Ask) -> Any:
    """Block the bot in a private chat."""
    return set_blocked(ask, "kicked")


def unblock(ask: Ask) -> Any:
    """Unblock the bot in a private chat."""
    return set_blocked(ask, "member")


def set_blocked(ask: Ask, status: str) -> Any:
    """Tell the bot that the person blocked or unblocked it."""
    chat = ask.chat()
    if chat.kind != Chat.Kind.PRIVATE or chat.bot is None or chat.person is None:
        raise bad_request("only a private chat can be blocked")
    # Before the first message there is nothing the bot could be told about.
    Member.objects.get_or_create(chat=chat, bot=chat.bot)
    change_bot(chat, chat.bot, status, chat.person)
    return chat_summary(chat)


def set_member(ask: Ask) -> Any:
    """Add, promote, mute or remove a bot or a person (`status` as in the Bot API)."""
    chat, actor, status = ask.chat(), ask.person(), str(ask.value("status", "member"))
    if status not in STATUSES or chat.kind == Chat.Kind.PRIVATE:
        raise bad_request(f"status is one of {', '.join(STATUSES)}, and the chat a group")
    rights = ask.value("rights")
    if "member" in ask.body:
        set_person(chat, ask.person("member"), status, actor, rights)
    else:
        set_bot(ask, chat, status, actor, rights)
    return chat_summary(chat)


def set_person(chat: Chat, person: Person, status: str, actor: Person, rights: Any) -> None:
    """Change a person's membership, with the service messages for coming and going."""
    before = Member.objects.filter(chat=chat, person=person).first()
    was_there = before is not None and before.present
    member = change_person(chat, person, status, actor, rights)
    announce(chat, actor, present.user(person), was_there=was_there, is_there=member.present)


def set_bot(ask: Ask, chat: Chat, status: str, actor: Person, rights: Any) -> None:
    """Change a bot's membership, with the service messages for coming and going."""
    bot = ask.bot()
    if chat.kind == Chat.Kind.GROUP and chat.bot_id != bot.pk:
        raise bad_request("a basic group holds one bot here: make a supergroup for more")
    before = Member.objects.filter(chat=chat, bot=bot).first()
    was_there = before is not None and before.present
    is_there = status not in {"left", "kicked"}
    if is_there:
        change_bot(chat, bot, status, actor, rights)
    announce(chat, actor, present.bot_user(bot), was_there=was_there, is_there=is_there)
    if not is_there:
        change_bot(chat, bot, status, actor, rights)


def announce(
    chat: Chat, actor: Person, user: dict[str, Any], *, was_there: bool, is_there: bool
) -> None:
    """Write the service message about somebody who came or went."""
    if was_there == is_there or chat.kind == Chat.Kind.CHANNEL:
        return
    if is_there:
        content: dict[str, Any] = {"new_chat_members": [user], "new_chat_member": user}
    else:
        content = {"left_chat_member": user}
    write_and_tell(chat, content, person=actor)


def change_settings(ask: Ask) -> Any:
    """Rename the chat, or decide whether ordinary members may write."""
    chat, actor = ask.chat(), ask.person()
    if "can_send" in ask.body:
        chat.can_send = bool(ask.body["can_send"])
    title = str(ask.value("title", ""))[:128]
    renamed = title not in {"", chat.title}
    chat.title = title or chat.title
    chat.save(update_fields=["can_send", "title"])
    if renamed:
        write_and_tell(chat, {"new_chat_title": title}, person=actor)
    note_change("chat", chat)
    return chat_summary(chat)


def change_topics(ask: Ask) -> Any:
    """Open a topic in a forum, or close one."""
    chat, actor = ask.chat(), ask.person()
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if thread := ask.integer("message_thread_id"):
        for topic in chat.topics:
            if topic["message_thread_id"] == thread:
                topic["closed"] = bool(ask.value("closed"))
        chat.save(update_fields=["topics"])
    else:
        name = str(ask.value("name", "Topic"))[:128]
        content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        message = write_and_tell(chat, content, person=actor)
        # In a forum the message that opens a topic gives the topic its number.
        chat.topics = [*chat.topics, {"message_thread_id": message.message_id, "name": name}]
        chat.save(update_fields=["topics"])
    note_change("chat", chat)
    return chat_summary(chat)


def migrate(ask: Ask) -> Any:
    """Upgrade a basic group: a new chat with a new number, and a note in both."""
    old, actor = ask.chat(), ask.person()
    if old.kind != Chat.Kind.GROUP or old.migrated_to is not None:
        raise bad_request("only a basic group can be upgraded")
    new = Chat.objects.create(
        kind=Chat.Kind.SUPERGROUP,
        number=next_chat_number(Chat.Kind.SUPERGROUP),
        title=old.title,
        forum=bool(ask.value("forum")),
    )
    for member in old.members.all():
        Member.objects.create(
            chat=new,
            person_id=member.person_id,
            bot_id=member.bot_id,
            status=member.status,
            rights=member.rights,
        )
    write_and_tell(old, {"migrate_to_chat_id": new.number}, person=actor)
    write_and_tell(new, {"migrate_from_chat_id": old.number}, person=actor)
    old.migrated_to = new
    old.save(update_fields=["migrated_to"])
    note_change("chat", old)
    note_change("chat", new)
    return chat_summary(new)
