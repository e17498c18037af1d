"""Find the chat a bot means and refuse what it may not do there, as Telegram would."""

from bots.sandbox.errors import CHAT_NOT_FOUND, ApiError, bad_request, forbidden
from bots.sandbox.models import Chat, Member, Person, SandboxBot
from bots.sandbox.params import Params
from bots.sandbox.rows import fetch


def find_chat(bot: SandboxBot, params: Params, name: str = "chat_id") -> tuple[Chat, Member | None]:
    """Return the chat and what the bot is in it."""
    given = params.text(name).strip()
    if not given:
        raise bad_request(f"{name} is empty")
    if given.startswith("@"):
        chat = Chat.objects.filter(username__iexact=given[1:]).exclude(username="").first()
    else:
        chat = chat_by_number(bot, params.integer(name))
    if chat is None:
        raise bad_request(CHAT_NOT_FOUND)
    member = fetch(Member, chat_id=chat.pk, bot_id=bot.pk)
    if member is None and chat.kind != Chat.Kind.PRIVATE:
        raise bad_request(CHAT_NOT_FOUND)
    return chat, member


def chat_by_number(bot: SandboxBot, number: int) -> Chat | None:
    """Return the chat a bot knows under this number; a private one is the bot's own."""
    wanted = {"bot_id": bot.pk, "person_id": number} if number > 0 else {"number": number}
    chat = fetch(Chat, **wanted)
    if chat is None or chat.bot_id not in {None, bot.pk}:
        return None
    if chat.bot_id:
        chat.bot = bot
    if chat.person_id:
        chat.person = fetch(Person, id=chat.person_id)
    return chat


def writable_chat(bot: SandboxBot, params: Params, name: str = "chat_id") -> Chat:
    """Return the chat if the bot may write there now."""
    chat, member = find_chat(bot, params, name)
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    check_presence(chat, member)
    if member is not None and not (member.can_send and may_post(chat, member)):
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def editable_chat(bot: SandboxBot, params: Params) -> Chat:
    """Return the chat if the bot may still touch its messages; an upgraded group will do."""
    chat, member = find_chat(bot, params)
    if chat.kind == Chat.Kind.PRIVATE:
        if member is None:
            raise bad_request(CHAT_NOT_FOUND)
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
    elif chat.migrated_to is None:
        check_presence(chat, member)
    return chat


def check_presence(chat: Chat, member: Member | None) -> None:
    """Refuse a chat the bot is not in."""
    if chat.kind == Chat.Kind.PRIVATE:
        if chat.person is not None and chat.person.deactivated:
            raise forbidden("user is deactivated")
        if member is None:
            raise forbidden("bot can't initiate conversation with a user")
        if not member.present:
            raise forbidden("bot was blocked by the user")
    elif member is None or member.status == "left":
        raise forbidden(f"bot is not a member of the {kind_name(chat)} chat")
    elif member.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind_name(chat)} chat")


def may_post(chat: Chat, member: Member) -> bool:
    """Say whether the chat itself lets this member write."""
    if chat.kind == Chat.Kind.CHANNEL:
        return member.status in {"creator", "administrator"}
    return chat.can_send or member.status in {"creator", "administrator"}


def kind_name(chat: Chat) -> str:
    """Return the word Telegram's texts use for this kind of chat."""
    return str(chat.kind)


def upgraded(new_chat: Chat) -> ApiError:
    """Return the refusal that names the new chat."""
    return bad_request(
        "group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_chat.number
    )
