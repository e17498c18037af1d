"""Who is in a chat and with what rights, and the updates when that changes."""

from typing import Any

from django.utils import timezone

from bots.sandbox import present
from bots.sandbox.access import check_presence, find_chat
from bots.sandbox.errors import bad_request
from bots.sandbox.models import Chat, Member, Person, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.updates import note_change, queue_update

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_pin_messages",
)  # fmt: skip
SENDING_RIGHTS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_change_info", "can_invite_users",
    "can_pin_messages", "can_manage_topics", "can_edit_tag", "can_react_to_messages",
)  # fmt: skip


def chat_member(member: Member) -> dict[str, Any]:
    """Return a membership as a ChatMember."""
    user = present.bot_user(member.bot) if member.bot else {}
    if member.person is not None:
        user = present.user(member.person)
    found: dict[str, Any] = {"user": user, "status": member.status}
    if member.status == "creator":
        found["is_anonymous"] = False
    elif member.status == "administrator":
        found |= {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(ADMIN_RIGHTS, True)
        found |= member.rights
    elif member.status == "restricted":
        found |= {"is_member": True, "until_date": 0} | dict.fromkeys(SENDING_RIGHTS, False)
        found |= member.rights
    elif member.status == "kicked":
        found["until_date"] = 0
    return found


def change_bot(
    chat: Chat, bot: SandboxBot, status: str, person: Person, rights: dict[str, Any] | None = None
) -> Member:
    """Change what a bot is in a chat and tell it with my_chat_member."""
    member, made = Member.objects.get_or_create(chat=chat, bot=bot, defaults={"status": "left"})
    before = chat_member(member)
    old = "" if made else member.status
    member.status, member.rights = status, rights or {}
    member.save(update_fields=["status", "rights"])
    if old != status or rights:
        queue_update(bot, "my_chat_member", transition(chat, person, before, chat_member(member)))
    note_change("chat", chat)
    return member


def change_person(
    chat: Chat, person: Person, status: str, actor: Person, rights: dict[str, Any] | None = None
) -> Member:
    """Change what a person is in a chat and tell the bots that asked for chat_member."""
    member, _ = Member.objects.get_or_create(chat=chat, person=person, defaults={"status": "left"})
    before = chat_member(member)
    member.status, member.rights = status, rights or {}
    member.save(update_fields=["status", "rights"])
    for other in chat.members.filter(bot__isnull=False).select_related("bot"):
        if other.bot is not None and other.present:
            found = transition(chat, actor, before, chat_member(member))
            queue_update(other.bot, "chat_member", found)
    note_change("chat", chat)
    return member


def transition(
    chat: Chat, actor: Person, before: dict[str, Any], after: dict[str, Any]
) -> dict[str, Any]:
    """Return a ChatMemberUpdated."""
    return {
        "chat": present.chat(chat),
        "from": present.user(actor),
        "date": int(timezone.now().timestamp()),
        "old_chat_member": before,
        "new_chat_member": after,
    }


def get_chat(bot: SandboxBot, params: Params) -> Any:
    """Return a chat with what getChat adds."""
    chat, member = find_chat(bot, params)
    if chat.kind != Chat.Kind.PRIVATE:
        check_presence(chat, member)
    found = present.chat(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.kind in {Chat.Kind.GROUP, Chat.Kind.SUPERGROUP}:
        found["permissions"] = dict.fromkeys(SENDING_RIGHTS, chat.can_send)
    return found


def readable_chat(bot: SandboxBot, params: Params) -> Chat:
    """Return a chat whose members the bot may list."""
    chat, member = find_chat(bot, params)
    check_presence(chat, member)
    return chat


def get_chat_member(bot: SandboxBot, params: Params) -> Any:
    """Return one membership; somebody who never was there has left."""
    chat = readable_chat(bot, params)
    number = params.integer("user_id")
    for member in chat.members.select_related("person", "bot"):
        if number in {member.person_id, member.bot_id}:
            return chat_member(member)
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise bad_request("user not found")
    status = "member" if chat.person_id == number else "left"
    return chat_member(Member(chat=chat, person=person, status=status))


def get_chat_administrators(bot: SandboxBot, params: Params) -> Any:
    """Return the administrators of a group."""
    chat = readable_chat(bot, params)
    if chat.kind == Chat.Kind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    rows = chat.members.filter(status__in=["creator", "administrator"])
    return [chat_member(member) for member in rows.select_related("person", "bot")]


def get_chat_member_count(bot: SandboxBot, params: Params) -> Any:
    """Return how many are in the chat."""
    chat = readable_chat(bot, params)
    if chat.kind == Chat.Kind.PRIVATE:
        return 2
    return chat.members.exclude(status__in=["left", "kicked"]).count()


def leave_chat(bot: SandboxBot, params: Params) -> Any:
    """Let the bot leave a group."""
    chat = readable_chat(bot, params)
    if chat.kind == Chat.Kind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    chat.members.filter(bot=bot).update(status="left")
    note_change("chat", chat)
    return True
