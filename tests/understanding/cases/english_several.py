"""English: several times at once, parts of a day, and times that what is to be done tells."""

LOCALE = "en"
TWELVE = {"clock": 12}

CASES = {
    "each of several times": [
        (
            "call mom tomorrow at 3 and 5pm",
            "* Wed 7 Oct 15:00, Wed 7 Oct 17:00, end",
            "call mom",
            TWELVE,
        ),
        (
            "every day at 3 and 5pm call",
            "* Tue 6 Oct 15:00, Tue 6 Oct 17:00, Wed 7 Oct 15:00",
            "call",
            TWELVE,
        ),
        (
            "every day at 9am and 5 call",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "call",
            TWELVE,
        ),
        (
            "every day at 9 and 5 call",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "call",
            TWELVE,
        ),
        ("tomorrow at 9 and 5 call", "* Wed 7 Oct 09:00, Wed 7 Oct 17:00, end", "call", TWELVE),
        (
            "every day at 10, 2 and 6 drops",
            "* Tue 6 Oct 18:00, Wed 7 Oct 10:00, Wed 7 Oct 14:00",
            "drops",
            TWELVE,
        ),
        (
            "every day at 8 and 10pm pill",
            "* Tue 6 Oct 22:00, Wed 7 Oct 08:00, Wed 7 Oct 22:00",
            "pill",
            TWELVE,
        ),
        ("every day at 8 and 10 pill", "? Wed 7 Oct 08:00, Tue 6 Oct 20:00", "pill", TWELVE),
        (
            "every day at 8 and 8 pill",
            "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, Wed 7 Oct 20:00",
            "pill",
            TWELVE,
        ),
        (
            "every day at 6 and 6 pill",
            "* Tue 6 Oct 18:00, Wed 7 Oct 06:00, Wed 7 Oct 18:00",
            "pill",
            TWELVE,
        ),
        (
            "mondays at 9 and 3 call",
            "* Mon 12 Oct 09:00, Mon 12 Oct 15:00, Mon 19 Oct 09:00",
            "call",
            TWELVE,
        ),
        (
            "call mom at 3 and at 5 pick up the kids",
            "? Tue 6 Oct 15:00, Tue 6 Oct 17:00",
            "call mom pick up the kids",
            TWELVE,
        ),
        (
            "pills at 8:00, 14:00 and 20:00",
            "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, Wed 7 Oct 14:00, end",
            "pills",
        ),
        (
            "at 8:00, 14:00 and 20:00 pills tomorrow",
            "* Wed 7 Oct 08:00, Wed 7 Oct 14:00, Wed 7 Oct 20:00, end",
            "pills",
        ),
        (
            "take the pill at 8 and 20 tomorrow",
            "* Wed 7 Oct 08:00, Wed 7 Oct 20:00, end",
            "take the pill",
        ),
        ("today at 9 and 18 call", "Tue 6 Oct 18:00", "call"),
        (
            "tomorrow 9, friday 10 and saturday 11 call",
            "* Wed 7 Oct 09:00, Fri 9 Oct 10:00, Sat 10 Oct 11:00, end",
            "call",
        ),
        ("in 5 min and in 10 min tea", "* Tue 6 Oct 14:10, Tue 6 Oct 14:15, end", "tea"),
        ("in 5 min and in 7 min tea", "? Tue 6 Oct 14:10, Tue 6 Oct 14:12", "tea"),
        ("at 17:00 or 19:00 call", "? Tue 6 Oct 17:00, Tue 6 Oct 19:00", "call"),
    ],
    "parts of a day side by side": [
        (
            "take the pill every morning and evening",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "take the pill",
        ),
        (
            "mornings and evenings brush teeth",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "brush teeth",
        ),
        (
            "every morning and every evening walk the dog",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "walk the dog",
        ),
        (
            "pill in the morning and in the evening every day",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "pill",
        ),
        (
            "every day in the morning and at night pill",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 22:00",
            "pill",
        ),
        (
            "every morning, afternoon and evening drops",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 12:00",
            "drops",
        ),
        (
            "every monday morning and evening gym",
            "* Mon 12 Oct 09:00, Mon 12 Oct 19:00, Mon 19 Oct 09:00",
            "gym",
        ),
        (
            "weekdays morning and evening walk the dog",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "walk the dog",
        ),
        ("tomorrow morning and evening pill", "* Wed 7 Oct 09:00, Wed 7 Oct 19:00, end", "pill"),
        (
            "in the morning and in the evening call Tom",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, end",
            "call Tom",
        ),
        (
            "take pills morning and night",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 22:00",
            "take pills",
        ),
        (
            "morning and evening take pills",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "take pills",
        ),
        (
            "take pills morning, noon and night",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 12:00",
            "take pills",
        ),
        ("read the morning and evening paper", "none", "read the morning and evening paper"),
        (
            "morning and evening news tomorrow at 20:00",
            "Wed 7 Oct 20:00",
            "morning and evening news",
        ),
    ],
    "what belongs to the morning": [
        ("wake me at 5:45 tomorrow", "Wed 7 Oct 05:45", "wake me", TWELVE),
        ("wake me up at 6", "? Tue 6 Oct 18:00, Wed 7 Oct 06:00", "wake me up", TWELVE),
        ("wake me at 7", "Wed 7 Oct 07:00", "wake me", TWELVE),
        ("wake me at 6pm", "Tue 6 Oct 18:00", "wake me", TWELVE),
        (
            "wake me up at 6:30 every weekday",
            "* Wed 7 Oct 06:30, Thu 8 Oct 06:30, Fri 9 Oct 06:30",
            "wake me up",
            TWELVE,
        ),
        (
            "get up every day at 5:30",
            "* Wed 7 Oct 05:30, Thu 8 Oct 05:30, Fri 9 Oct 05:30",
            "get up",
            TWELVE,
        ),
        ("set an alarm for 7", "Wed 7 Oct 07:00", "alarm", TWELVE),
        ("alarm 6:30", "Wed 7 Oct 06:30", "alarm", TWELVE),
        ("set alarm 6:30 tomorrow", "Wed 7 Oct 06:30", "alarm", TWELVE),
        ("breakfast at 6:30 with Tom tomorrow", "Wed 7 Oct 06:30", "breakfast with Tom", TWELVE),
        ("buy breakfast cereal at 6 tomorrow", "Wed 7 Oct 18:00", "buy breakfast cereal", TWELVE),
    ],
    "told before it begins": [
        (
            "dentist friday at 15:00, remind me the day before",
            "Fri 9 Oct 15:00",
            "dentist",
            {"alerts": (86400,)},
        ),
        (
            "dentist friday at 15:00, wake me 2 hours before",
            "Fri 9 Oct 15:00",
            "dentist",
            {"alerts": (7200,)},
        ),
        (
            "dentist friday at 15:00, let me know a day before and an hour before",
            "Fri 9 Oct 15:00",
            "dentist",
            {"alerts": (86400, 3600)},
        ),
        (
            "dentist friday 15:00 remind me 1 hour before that",
            "Fri 9 Oct 15:00",
            "dentist",
            {"alerts": (3600,)},
        ),
        (
            "remind me an hour before the dentist friday at 15:00",
            "Fri 9 Oct 15:00",
            "the dentist",
            {"alerts": (3600,)},
        ),
        (
            "remind me 10 minutes before my 3pm meeting",
            "Tue 6 Oct 15:00",
            "my meeting",
            {"alerts": (600,)},
        ),
        ("10 minutes before my 3pm meeting", "Tue 6 Oct 15:00", "my meeting", {"alerts": (600,)}),
        (
            "an hour before tomorrow's meeting at 15:00",
            "Wed 7 Oct 15:00",
            "meeting",
            {"alerts": (3600,)},
        ),
        ("the day before my exam on friday", "Fri 9 Oct 09:00", "my exam", {"alerts": (86400,)}),
        (
            "Tom's birthday june 12 every year, remind me one day before at 10am",
            "* Sat 12 Jun 2027 10:00, Mon 12 Jun 2028 10:00, Tue 12 Jun 2029 10:00",
            "Tom's birthday",
            {"alerts": (86400,)},
        ),
        (
            "my wife's birthday is 12 June, remind me a week before every year",
            "* Sat 12 Jun 2027 09:00, Mon 12 Jun 2028 09:00, Tue 12 Jun 2029 09:00",
            "my wife's birthday",
            {"alerts": (604800,)},
        ),
    ],
    "before and after a time": [
        ("before 17:00 mail the parcel", "Tue 6 Oct 17:00", "mail the parcel"),
        ("remind me after 18:00 to ring Ruth", "Tue 6 Oct 18:00", "ring Ruth"),
        ("before friday finish the report", "Fri 9 Oct 09:00", "finish the report"),
        ("ring Ruth after 18:00", "Tue 6 Oct 18:00", "ring Ruth"),
        ("look after the kids tomorrow at 17", "Wed 7 Oct 17:00", "look after the kids"),
    ],
    "a number of hours": [
        ("1h30 tea", "Tue 6 Oct 15:35", "tea"),
        ("at 1h30 tea", "Wed 7 Oct 01:30", "tea"),
        ("14h30 tea", "Tue 6 Oct 14:30", "tea"),
    ],
    "the time that is asked for": [
        (
            "remind me at 5pm to call mom about dinner at 7pm",
            "Tue 6 Oct 17:00",
            "call mom about dinner at 7pm",
            TWELVE,
        ),
        (
            "meeting friday at 10am, remind me at 9am",
            "Fri 9 Oct 09:00",
            "meeting friday at 10am",
            TWELVE,
        ),
        (
            "meeting friday at 10am, remind me thursday at 8pm",
            "Thu 8 Oct 20:00",
            "meeting friday at 10am",
            TWELVE,
        ),
        (
            "flight to Denver tomorrow at 6am, wake me at 3:30",
            "Wed 7 Oct 03:30",
            "flight to Denver tomorrow at 6am",
            TWELVE,
        ),
        (
            "remind me tomorrow to email Bob about friday 10am demo",
            "Wed 7 Oct 09:00",
            "email Bob about friday 10am demo",
            TWELVE,
        ),
        ("remind me friday about the meeting at 10am", "Fri 9 Oct 10:00", "the meeting", TWELVE),
        ("remind me at 9am about the meeting on friday", "Fri 9 Oct 09:00", "the meeting", TWELVE),
        ("in 20 remind me to move the laundry", "Tue 6 Oct 14:25", "move the laundry", TWELVE),
        (
            "remind me to check the oven in half an hour and again in an hour",
            "* Tue 6 Oct 14:35, Tue 6 Oct 15:05, end",
            "check the oven",
            TWELVE,
        ),
        (
            "sometime tomorrow afternoon call the electrician",
            "Wed 7 Oct 12:00",
            "call the electrician",
            TWELVE,
        ),
        ("3pm-ish call the vet", "Tue 6 Oct 15:00", "call the vet", TWELVE),
        ("half 7 yoga", "Tue 6 Oct 19:30", "yoga", TWELVE),
        ("tuesday the 8th of december at 3pm haircut", "Tue 8 Dec 15:00", "haircut", TWELVE),
    ],
    "repeats with an end in their words": [
        (
            "every saturday in december at 11:00 shop",
            "* Sat 5 Dec 11:00, Sat 12 Dec 11:00, Sat 19 Dec 11:00, Sat 26 Dec 11:00, end",
            "shop",
        ),
        (
            "every day this week at 17:30 log off",
            "* Tue 6 Oct 17:30, Wed 7 Oct 17:30, Thu 8 Oct 17:30, Fri 9 Oct 17:30, Sat 10 Oct 17:30, "
            "Sun 11 Oct 17:30, end",
            "log off",
        ),
        (
            "every day next week at 9:00 swim",
            "* Mon 12 Oct 09:00, Tue 13 Oct 09:00, Wed 14 Oct 09:00, Thu 15 Oct 09:00, Fri 16 Oct 09:00, "
            "Sat 17 Oct 09:00, Sun 18 Oct 09:00, end",
            "swim",
        ),
        (
            "every monday this month at 9:00 call",
            "* Mon 12 Oct 09:00, Mon 19 Oct 09:00, Mon 26 Oct 09:00, end",
            "call",
        ),
        (
            "every hour today drink",
            "* Tue 6 Oct 15:05, Tue 6 Oct 16:05, Tue 6 Oct 17:05, Tue 6 Oct 18:05, Tue 6 Oct 19:05, "
            "Tue 6 Oct 20:05, Tue 6 Oct 21:05, Tue 6 Oct 22:05, Tue 6 Oct 23:05, end",
            "drink",
        ),
    ],
    "ends and beginnings of periods, each": [
        (
            "beginning of every month pay rent",
            "* Sun 1 Nov 09:00, Tue 1 Dec 09:00, Fri 1 Jan 2027 09:00",
            "pay rent",
        ),
        (
            "end of every month pay rent",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "pay rent",
        ),
        (
            "end of every quarter close books",
            "* Thu 31 Dec 09:00, Wed 31 Mar 2027 09:00, Wed 30 Jun 2027 09:00",
            "close books",
        ),
        (
            "first day of every quarter plan",
            "* Fri 1 Jan 2027 09:00, Thu 1 Apr 2027 09:00, Thu 1 Jul 2027 09:00",
            "plan",
        ),
        (
            "the last day of each quarter close books",
            "* Thu 31 Dec 09:00, Wed 31 Mar 2027 09:00, Wed 30 Jun 2027 09:00",
            "close books",
        ),
        (
            "start of every quarter review the budget",
            "* Fri 1 Jan 2027 09:00, Thu 1 Apr 2027 09:00, Thu 1 Jul 2027 09:00",
            "review the budget",
        ),
        (
            "end of each week report",
            "* Fri 9 Oct 09:00, Fri 16 Oct 09:00, Fri 23 Oct 09:00",
            "report",
        ),
        (
            "end of every day write the log",
            "* Tue 6 Oct 17:00, Wed 7 Oct 17:00, Thu 8 Oct 17:00",
            "write the log",
        ),
        (
            "every other wednesday starting this week take out the recycling",
            "* Wed 7 Oct 09:00, Wed 21 Oct 09:00, Wed 4 Nov 09:00",
            "take out the recycling",
        ),
        (
            "every other tuesday starting today call",
            "* Tue 20 Oct 09:00, Tue 3 Nov 09:00, Tue 17 Nov 09:00",
            "call",
        ),
        (
            "take pills daily at 9:00 from today",
            "* Wed 7 Oct 09:00, Thu 8 Oct 09:00, Fri 9 Oct 09:00",
            "take pills",
        ),
    ],
    "meals": [
        (
            "pills at breakfast and dinner every day",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "pills",
        ),
        (
            "pills with breakfast, lunch and dinner",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 12:00",
            "pills",
        ),
        (
            "pill every day with breakfast",
            "* Wed 7 Oct 08:00, Thu 8 Oct 08:00, Fri 9 Oct 08:00",
            "pill",
        ),
    ],
}
