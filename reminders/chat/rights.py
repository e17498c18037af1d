"""Who may see and change a reminder in a chat."""

from conversations.models import Chat
from reminders.models import Reminder


def may_change(chat: Chat, reminder: Reminder, user_id: int) -> bool:
    """Whether this person may change it: in a private chat its person, in a group its creator."""
    return chat.is_private or reminder.creator_id in {0, user_id}
