"""One sentence for every rule."""

from datetime import datetime

import pytest
from django.utils import translation

from reminders.describe import describe

START = datetime.fromisoformat("2026-10-07T08:30")
CLAMPED = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;BYHOUR=10;BYMINUTE=0"
SENTENCES = [
    ([], "once, 7 Oct 2026 at 08:30"),
    (["FREQ=DAILY"], "every day at 08:30"),
    (["FREQ=DAILY;INTERVAL=3"], "every 3 days at 08:30"),
    (["FREQ=DAILY;COUNT=10"], "every day at 08:30, 10 times"),
    (["FREQ=DAILY;UNTIL=20261224T235959"], "every day at 08:30, until 24 Dec 2026"),
    (["FREQ=DAILY;UNTIL=20261224T233000Z"], "every day at 08:30, until 25 Dec 2026"),
    (["FREQ=DAILY;BYHOUR=8,14,20;BYMINUTE=0"], "every day at 08:00, 14:00 and 20:00"),
    (["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"], "every weekday at 08:30"),
    (["FREQ=WEEKLY;BYDAY=SA,SU"], "every Saturday and Sunday at 08:30"),
    (["FREQ=WEEKLY"], "every Wednesday at 08:30"),
    (["FREQ=WEEKLY;BYDAY=MO,WE,FR"], "every Monday, Wednesday and Friday at 08:30"),
    (["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"], "every 2 weeks on Monday at 08:30"),
    (["FREQ=MONTHLY"], "monthly on the 7th, 08:30"),
    (["FREQ=MONTHLY;BYMONTHDAY=1,22"], "monthly on the 1st and 22nd, 08:30"),
    ([CLAMPED], "monthly on the 31st (last day in shorter months), 10:00"),
    (["FREQ=MONTHLY;BYMONTHDAY=-1"], "monthly on the last day, 08:30"),
    (["FREQ=MONTHLY;BYDAY=1MO"], "monthly on the 1st Monday, 08:30"),
    (["FREQ=MONTHLY;BYDAY=-1FR"], "monthly on the last Friday, 08:30"),
    (["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"], "monthly on the last weekday, 08:30"),
    (["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=11"], "every 3 months on the 11th, 08:30"),
    (["FREQ=YEARLY"], "every year on the 7th of October, 08:30"),
    (["FREQ=HOURLY"], "every hour"),
    (["FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13,15,17"], "every 2 hours from 09:00 to 17:59"),
    (["FREQ=MINUTELY;INTERVAL=30"], "every 30 minutes"),
    (["FREQ=DAILY;BYMONTH=6,7"], "every day at 08:30 in June and July"),
    (["FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0"],
     "every Monday at 08:30; every Friday at 09:00"),
    (["FREQ=NEVER"], "by a rule that cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "sentence"), SENTENCES)
def test_a_rule_is_said_in_words(rules, sentence):
    assert describe(rules, START, "Europe/Berlin") == sentence


def test_names_of_days_follow_the_language():
    with translation.override("de"):
        assert "Mittwoch" in describe(["FREQ=WEEKLY"], START, "UTC")
