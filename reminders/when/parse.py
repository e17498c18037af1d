import re
from datetime import timedelta
from zoneinfo import ZoneInfo

from reminders.when.meaning import Kind, Meaning


def parse(text, *, now, tz, locale="en", clock=None, day_first=None):
    m = re.match(r"in (\d+) ?(s|sec|seconds?|m|min|minutes?) (.*)", text, re.S)
    if m:
        n = int(m[1]) * (60 if m[2][0] == "m" else 1)
        return Meaning(Kind.INSTANT, m[3], now.astimezone(ZoneInfo(tz)) + timedelta(seconds=n))
    return Meaning(Kind.NONE, text, problem="no_time")
