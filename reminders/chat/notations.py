"""Read a time written in a notation instead of words: a crontab line, or an RFC 5545 rule."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conversations.models import Chat
from reminders.cron import BadCronError, rules_of, split_cron
from reminders.recurrence import BadRule, Schedule, first_after, validate
from reminders.when.meaning import Kind, Meaning

USUAL_HOUR = 9  # of a rule that names no time of day, as "every day" has it
_CRON = re.compile(r"(?:/remind(?:@\w+)?\s+)?cron\s+(?=[0-9*@])", re.IGNORECASE)
_CALENDAR = re.compile(r"^\s*BEGIN:V(?:CALENDAR|EVENT)\b", re.IGNORECASE | re.MULTILINE)
# The lines that may stand beside a rule in a calendar file belong to it: they are never the words.
_RULE = re.compile(
    r"(?:^|(?<=\s))(?:RRULE:)?(?P<rule>FREQ=\S*(?:\s+(?:DTSTART|RRULE|RDATE|EXDATE|EXRULE)[:;]\S*)*)"
)


def read_notation(chat: Chat, words: str, now: datetime) -> Meaning | None:
    """Return what a crontab line or a rule means in the chat's zone; None for any other words."""
    if _CALENDAR.search(words):  # its rules without its start would say something else
        return Meaning(Kind.REFUSED, "", problem="calendar")
    if match := _CRON.match(words):
        return _read_cron(chat, words[match.end() :].strip(), now)
    if match := _RULE.search(words):
        subject = f"{words[: match.start()]} {words[match.end() :]}"
        return _read_rule(chat, match["rule"], " ".join(subject.split()), now)
    return None


def _read_cron(chat: Chat, line: str, now: datetime) -> Meaning:
    try:
        fields, subject = split_cron(line)
        rules = rules_of(fields)
    except BadCronError:
        return Meaning(Kind.REFUSED, "", problem="cron")
    return _scheduled(chat, rules, _here(chat, now), subject, now)


def _read_rule(chat: Chat, rule: str, subject: str, now: datetime) -> Meaning:
    start = _here(chat, now)
    if "BYHOUR=" not in rule and not re.search("FREQ=(?:SECOND|MINUTE|HOUR)LY", rule):
        usual = start.replace(hour=USUAL_HOUR, minute=0)
        start = usual if usual > start else usual + timedelta(days=1)
    return _scheduled(chat, (rule,), start, subject, now)


def _here(chat: Chat, now: datetime) -> datetime:
    local = now.astimezone(ZoneInfo(chat.timezone or "UTC"))
    return local.replace(tzinfo=None, second=0, microsecond=0)


def _scheduled(
    chat: Chat, rules: tuple[str, ...], start: datetime, subject: str, now: datetime
) -> Meaning:
    try:
        validate(rules, start)
        found = first_after(Schedule(rules, start, chat.timezone or "UTC"), now)
    except BadRule as error:
        return Meaning(
            Kind.REFUSED, subject, problem=error.code, details=tuple(error.values.items())
        )
    if found is None:
        return Meaning(Kind.REFUSED, subject, problem="never")
    return Meaning(Kind.RECURRENCE, subject, found.local, rules, needs_zone=True)
