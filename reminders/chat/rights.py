"""Who may see and change a reminder in a chat."""

from conversations import admins
from conversations.models import Chat
from reminders.models import Reminder


def may_change(chat: Chat, reminder: Reminder, user_id: int) -> bool | None:
    """Whether this person may change it; None while it is not known who administers the group.

    In a private chat its person may, in a group its creator and the administrators.
    """
    if chat.is_private or reminder.creator_id in {0, user_id}:
        return True
    return admins.is_admin(chat, user_id)


def refusal(chat: Chat, reminder: Reminder, user_id: int) -> str:
    """Return the template that says why this person may not change it; empty if they may."""
    allowed = may_change(chat, reminder, user_id)
    if allowed:
        return ""
    return "checking_admins" if allowed is None else "reminders/toast_only"
