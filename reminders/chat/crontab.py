"""Answer /remind cron: a crontab line instead of words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.models import Chat
from reminders.cron import BadCronError, rules_of, split_cron
from reminders.recurrence import BadRule, Schedule, first_after, validate
from reminders.when.meaning import Kind, Meaning


def is_cron(words: str) -> bool:
    """Whether the words begin a crontab line."""
    return words.lower().startswith("cron ")


def read_cron(chat: Chat, words: str, now: datetime) -> Meaning:
    """Return what a crontab line means in the chat's zone."""
    zone, subject = chat.timezone or "UTC", ""
    try:
        fields, subject = split_cron(words[5:].strip())
        rules = rules_of(fields)
        start = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
        validate(rules, start)
        found = first_after(Schedule(rules, start, zone), now)
    except BadRule as error:
        return Meaning(
            Kind.REFUSED, subject, problem=error.code, details=tuple(error.values.items())
        )
    except BadCronError:
        found, rules = None, ()
    if found is None:
        return Meaning(Kind.REFUSED, subject, problem="cron")
    return Meaning(Kind.RECURRENCE, subject, found.local, rules, needs_zone=True)
