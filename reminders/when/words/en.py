"""English words of time."""

from reminders.when.fillers.en import FILLERS
from reminders.when.table import Table

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_ONES += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDERS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ORDERS += " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    for place, ten in enumerate(_TENS.split(), 2):
        words[10 * place] = ten
        words |= {10 * place + n: f"{ten} {words[n]}" for n in range(1, 10)}
    return words | {12: "twelve, a dozen, dozen", 40: "forty, fourty", 15: "fifteen, fiveteen"}


def _ordinals() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ORDERS.split(), 1))
    words |= {20: "twentieth", 30: "thirtieth", 31: "thirty first"}
    return words | {20 + n: f"twenty {words[n]}" for n in range(1, 10)}


TABLE = Table(
    code="en",
    day_first=False,
    numbers=_numbers(),
    ordinals=_ordinals()
    | {-2: "second to last, second last, next to last, penultimate, last but one"},
    ordinal_suffixes="st|nd|rd|th",
    units={
        "second": "second, seconds, sec, secs",
        "minute": "minute, minutes, min, mins, mn, minuets",
        "hour": "hour, hours, hr, hrs",
        "day": "day, days, calendar day, calendar days",
        "workday": "weekday, week day, workday, work day, working day, working days, "
        "business day, "
        "business days, workdays, weekdays, week days",
        "weekend": "weekend, weekends, week end, week ends",
        "week": "week, weeks, wk, wks, seven night",
        "fortnight": "fortnight, fortnights",
        "month": "month, months, mth, mths",
        "quarter": "quarter, quarters, trimester",
        "halfyear": "half year, semester",
        "year": "year, years, yr, yrs",
        "decade": "decade, decades",
        "century": "century, centuries",
    },
    glued_units={
        "second": "s",
        "minute": "m",
        "hour": "h",
        "day": "d",
        "week": "w",
        "year": "y",
        "month": "mo, mos",
    },
    weekdays=(
        "monday, mon, mond",
        "tuesday, tue, tues",
        "wednesday, wed, weds, wednes",
        "thursday, thu, thur, thurs, thr",
        "friday, fri",
        "saturday, sat",
        "sunday, sun",
        "",
        "",
        "weekend, week end",
    ),
    weekday_plurals=(
        "mondays, mons",
        "tuesdays",
        "wednesdays",
        "thursdays",
        "fridays, fris",
        "saturdays",
        "sundays",
        "",
        "weekdays, week days, workdays, work days, working days, business days",
        "weekends",
    ),
    months=(
        "january, jan",
        "february, feb",
        "march, mar",
        "april, apr",
        "may",
        "june, jun",
        "july, jul",
        "august, aug",
        "september, sept, sep",
        "october, oct",
        "november, nov",
        "december, dec",
    ),
    days={
        0: "today, todays, later today, sometime today, later on today,  this day, "
        "the same day, todday, 2day",
        1: "tomorrow, tomorrows, tmr, tmrw, tmw, tomoz, the next day, the following day",
        2: "day after tomorrow, the day after tomorrow, overmorrow, day after tmr, "
        "the day after tmr",
        -1: "yesterday, yday",
        -2: "day before yesterday, the day before yesterday",
    },
    parts={
        "dawn": "dawn, sunrise",
        "morning": "morning, early morning, late morning, mornin, mid morning, midmorning",
        "lunch": "lunch, lunchtime, lunch time",
        "afternoon": "afternoon, early afternoon, late afternoon, arvo, mid afternoon, midafternoon",
        "evening": "evening, eve, early evening, late evening, evenin",
        "night": "night, nite, late night, bedtime",
    },
    today_parts={
        "tonight": "tonight, tonite, 2nite, this night, late tonight, tonight, tonights, "
        "today night, "
        "later tonight, this nite",
    },
    part_plurals={
        "morning": "mornings",
        "afternoon": "afternoons",
        "evening": "evenings",
        "night": "nights, nightly",
    },
    clocks={
        (12, 0, ""): "noon, noonish, midday, mid day, noontime, noon time",
        (0, 0, "midnight"): "midnight, mid night",
    },
    holidays={
        (1, 1): "new year's, new year's day, new years day, new year",
        (2, 14): "valentine's, valentines, valentine's day, valentines day, valentine day",
        (3, 17): "st patrick's day, st. patrick's day, saint patrick's day",
        (10, 31): "halloween",
        (12, 24): "christmas eve, xmas eve",
        (12, 25): "christmas, christmas day, xmas, xmas day",
        (12, 26): "boxing day, st stephen's day, kwanzaa",
        (12, 31): "new year's eve, new years eve, nye",
        (11, 4, 3): "thanksgiving, thanksgiving day",
        (5, 2, 6): "mother's day, mothers day",
        (6, 3, 6): "father's day, fathers day",
        ("easter", 0): "easter, easter sunday",
        ("easter", 1): "easter monday",
        ("easter", -2): "good friday",
        (9, 1, 0): "labor day, labour day",
        (5, -1, 0): "memorial day",
        (1, 3, 0): "mlk day, martin luther king day, martin luther king jr day",
        (2, 3, 0): "presidents' day",
        (10, 2, 0): "columbus day, indigenous peoples' day",
        (11, 11): "veterans day, remembrance day, armistice day",
        (7, 4): "independence day, fourth of july",
        (6, 19): "juneteenth",
        (4, 1): "april fools' day, april fools, april fool's day",
        (2, 2): "groundhog day",
        (4, 22): "earth day",
        (5, 5): "cinco de mayo",
        (11, 5): "guy fawkes night, bonfire night, guy fawkes day",
        (11, 30): "st andrew's day",
        (1, 25): "burns night",
        (5, 1): "may day",
        (3, 8): "women's day, international women's day",
        (1, 6): "epiphany, three kings day",
        (11, 1): "all saints' day, all saints day",
        (3, 15): "ides of march, the ides of march",
        (3, 14): "pi day",
        (5, 4): "star wars day",
        (10, 16): "boss's day, bosses day, boss day",
        (2, 2, 6): "super bowl sunday, superbowl sunday",
        (6, 14): "flag day",
        (9, 11): "patriot day",
        (9, 1, 0, 6): "grandparents' day, grandparents day",
        (4, 23): "st george's day, st. george's day, saint george's day",
        (3, 1): "st david's day, st. david's day",
        (11, 2): "all souls' day, all souls day",
        (4, -1, 4): "arbor day",
        (5, 3, 5): "armed forces day",
        (7, 14): "bastille day",
        (11, 4, 3, 2): "small business saturday",
        (12, 10): "human rights day",
        ("easter", 56): "trinity sunday",
        ("easter", 60): "corpus christi",
        ("near", 5, 25, 0, -1): "victoria day",
        (7, 1): "canada day",
        (1, 26): "australia day",
        (4, 25): "anzac day",
        (4, 15): "tax day",
        ("easter", -46): "ash wednesday",
        ("easter", -7): "palm sunday",
        ("easter", -3): "maundy thursday, holy thursday",
        ("easter", -1): "holy saturday",
        ("easter", 39): "ascension day, ascension",
        ("easter", 49): "pentecost, whit sunday",
        ("easter", 50): "whit monday",
        ("easter", -47): "shrove tuesday, pancake day, mardi gras, fat tuesday",
        ("easter", -21): "mothering sunday",
        (11, 4, 3, 4): "cyber monday",
        (11, 4, 3, 1): "black friday",
        (11, 4, 3, 5): "giving tuesday",
        (11, 1, 0, 1): "election day",
        ("near", 12, 25, 6, -4): "first sunday of advent",
    },
    classes={
        "AT": "at, at around, at about, around, @, by",
        "ON": "on, upon, over",
        "BY": "by",
        "IN": "in, within, inside",
        "OF": "of, in",
        "FOR": "for",
        "FROM": "from",
        "BETWEEN": "between",
        "OR": "or",
        "MID": "mid, middle",
        "UNIT_MINUTE": "minute, minutes, min, mins",
        "THE": "the",
        "A": "a, an, one",
        "AND": "and, plus, n",
        "TO": "to, till, til, before, of",
        "UPTO": "to, till, til, through, thru",
        "PAST": "past, after",
        "ABOUT": "a little over, a bit over, just over, just under, less than, more than, "
        "a little under, a little more than, no more than, about, about, around, approximately, "
        "approx, roughly, exactly, circa, nearly, almost, like, "
        "sharp, early, late, just, only, precisely",
        "OCLOCK": "o'clock, oclock, o clock, 'o clock, oh clock, o' clock",
        "H_BETWEEN": "h",
        "MILITARY_MARK": "hours, h, hrs",
        "ISH": "ish",
        "MORE": "more, whole, full, additional, other",
        "AFTER": "after, following",
        "BEFORE": "before, before that, before it, before then, "
        "prior to, ahead, ahead of, beforehand, in advance, earlier",
        "FINAL": "last, final",
        "FROM_TODAY": "from today, from today on, from today onwards",
        "HENCE": "from now, later, hence, from today, from this moment, from right now, "
        "afterwards, "
        "time, out",
        "AGO": "ago, back",
        "PLUS": "plus",
        "TIMER": "timer",
        "NOW": "now, right now, immediately, just now, asap, as soon as possible",
        "EVERY": "every, each, every single, evry, repeat every, repeating every, repeats every, "
        "recurring every",
        "TIMES": "times, occurrences, occasions, occurences, occurrence, time, repetitions",
        "PER": "per",
        "EXCEPT": "but, except, excluding, but not, apart from, besides, other than",
        "UNTIL": "until, till, til, untill, thru, through, ending, ends, up to, ending on, "
        "up until",
        "STARTING": "starting, beginning, start, begin, commencing, from, effective, "
        "as of, "
        "starting from, starting on, beginning on, since",
        "STARTS": "starts, begins",
        "BEGIN": "beginning, start",
        "END": "late, end, the end",
        "START": "early, beginning, start, the beginning, the start",
        "NAG": "nag me, nag, keep nagging me, keep nagging, nagging, keep reminding me, "
        "keep bugging me, "
        "pester me, bug me, repeatedly",
        "UNTIL_DONE": "until done, until i say done, until i'm done, until i am done, till done, "
        "until i do it, until i've done it, until i confirm, till i say done, until it's done, "
        "until i mark it done, until i did it, until it is done, until completed",
        "URGENT": "urgent, urgently, important, high priority",
        "ALERT": "remind, alert, remind me, alert me, warn me, notify me, with alert, pre alert, "
        "warn, notify, wake me, wake me up, tell me, ping me, let me know, text me, nudge me",
        "AFTER_DONE": "after done, after completion, after i'm done, after it's done, when done, "
        "after i did it, after i do it, after i complete it, after completing, after finishing, "
        "from done, after i finish, after it is done, after each done",
        "MEASURE": "percent, per cent, degrees, degree, points, point, dollars, dollar, bucks, "
        "euros, "
        "euro, pounds, pound, cents, kg, km, miles, mile, metres, meters, m, cm, lbs, lb, "
        "people, "
        "persons, kilometers, grams, g, mph, kmh, mg, ml, gb, mb, times, x, years old, pieces, "
        "pcs",
        "OH": "oh, o, zero",
        "NEAREST": "closest, nearest",
        "AND_AGAIN": "and again, and then again, then again, and once more",
        "VAGUE": "some day",  # so that it is not read as three days
        "UNIT_DAY": "day",
        "UNIT_WEEK": "week",
        "UNIT_MONTH": "month",
        "DAYMARK": "day",
        "GREETING": "good morning, good afternoon, good evening, good night, good day",
        "WITHIN": "within",
        "UNIT_HOUR": "hour",
        "STREET": "street, st, road, rd, avenue, ave, lane, drive, boulevard, blvd, square, "
        "court, terrace, highway",
        "EVE_AFTER": "eve",
        "MORROW": "the following day, the next day",
    },
    valued={
        "MERIDIEM": {
            "am": "am, a m, in the am",
            "pm": "pm, p m, in the pm",
            "morning": "in the morning, in morning, of the morning, during the morning, "
            "early in the morning, first thing in the morning, late in the morning, "
            "am in the morning",
            "afternoon": "in the afternoon, in afternoon, during the afternoon, "
            "of the afternoon, "
            "early in the afternoon, late in the afternoon, pm in the afternoon",
            "evening": "in the evening, in evening, during the evening, of the evening, "
            "early in the evening, late in the evening, pm in the evening",
            "night": "at night, in the night, at nite, during the night, late at night, "
            "of the night, "
            "pm at night, before bed, at bedtime",
        },
        "DAYPART": {
            "same": "same time, this time, at the same time, at this time, the same time, "
            "at same time",
            "lunch": "with lunch, at lunch, at lunchtime, after lunch, during lunch, over lunch, at lunch time",
            "breakfast": "at breakfast, with breakfast, after breakfast",
            "dinner": "at dinner, with dinner, at supper, with supper, "
            "after dinner, at dinnertime, at dinner time",
            "dawn": "at dawn, at sunrise",
            "morning": "mid morning, midmorning, first thing",
            "afternoon": "mid afternoon, midafternoon",
            "evening": "after work, at dusk, at sunset, at sundown, at nightfall",
            "eod": "eod, end of day, end of the day, close of business, cob, eob, end of business",
        },
        "MEAL": {
            "breakfast": "breakfast",
            "dinner": "dinner, supper",
        },
        "CLOCK_SHARE": {0.5: "half", 0.25: "quarter", 0.75: "three quarters"},
        "SHARE": {
            0.5: "half",
            0.25: "quarter",
            0.75: "three quarters, three quarter",
        },
        "SOME": {2: "couple, couple of", 3: "few, several, some, couple few"},
        "HUNDRED": {100: "hundred", 1000: "thousand"},
        "LENGTH": {
            (1, "second"): "a moment",
            (15, "minute"): "quarter hour",
        },
        "NEXT": {
            -1: "last, previous, past",
            0: "this, this coming, current, the current, this very, this upcoming",
            1: "next, coming, upcoming, following, the coming, the next, the upcoming, "
            "the following, "
            "nxt, this next",
            2: "next next",
        },
        "OTHER": {2: "other, second, alternate, alternating"},
        "OFTEN": {
            ("hour", 1): "hourly",
            ("day", 1): "daily, everyday, every day, each day, day by day",
            ("week", 1): "weekly",
            ("week", 2): "biweekly, bi weekly, fortnightly, every fortnight, semi monthly",
            ("month", 1): "monthly",
            ("month", 2): "bimonthly, bi monthly",
            ("quarter", 1): "quarterly, trimonthly",
            (
                "halfyear",
                1,
            ): "semiannually, semi annually, biannually, half yearly, semi annual, semiannual",
            ("year", 1): "yearly, annually, annual, anually",
            ("year", 2): "biennially",
            ("workday", 1): "every week day, each week day",
        },
        "TIMES_WORD": {
            1: "once, one time, 1x",
            2: "twice, two times, 2x",
            3: "thrice, 3x",
            4: "4x",
        },
        "END_OF": {"month": "eom", "year": "eoy", "week": "eow"},
        "ZONE": {
            0: "utc, gmt, z",
            60: "cet, bst, wat",
            120: "cest, eet, sast",
            180: "msk, eest",
            330: "ist",
            480: "sgt, hkt, awst",
            540: "jst, kst",
            600: "aest",
            660: "aedt",
            -300: "est, cdt",
            -240: "edt, ast",
            -360: "cst, mdt",
            -420: "mst, pdt",
            -480: "pst",
        },
        "SEASON": {
            3: "spring, springtime",
            6: "summer, summertime",
            9: "autumn, fall",
            12: "winter, wintertime",
        },
        "HALF_PAST": {
            0.5: "half",
        },
        "WEEKDAY_LETTER": {
            0: "m, mo",
            1: "t, tu",
            2: "w, we",
            3: "th, r",
            4: "f, fr",
            5: "sa",
            6: "su",
        },
        "WEEKDAY_SET": {
            (0, 2, 4): "mwf",
            (1, 3): "tth, tuth, tuthu",
        },
        "QUARTER_NAME": {
            1: "q1, first quarter",
            2: "q2, second quarter",
            3: "q3, third quarter",
            4: "q4, fourth quarter",
        },
        "ALTERNATE": {
            2: "alternate, alternating",
        },
    },
    misspellings={
        "tommorow, tommorrow, tomorow, tomorro, tommorrows, tomarrow, tommarow, tomrrow, "
        "tomorrrow, "
        "2moro, 2morrow, tmrow, tommrow": "tomorrow",
        "wensday, wendsday, wendesday, wenesday, wednseday": "wednesday",
        "thirsday, thersday, thurday, thrusday": "thursday",
        "teusday, tuseday, teusday": "tuesday",
        "saterday, satuday, saturady": "saturday",
        "febuary, februrary": "february",
        "minuts, miniutes, minites": "minutes",
        "horus, huors, housr": "hours",
        "evrey, evey, eveyr": "every",
    },
    not_misspelt="mourning, minutest, weeks, decades, secondly, minutely, monthly",
    weak="weekend, sun, sat, mon, wed, fri, thu, tue, Sun, Sat, mar, Mar, may, May, now, SUN, "
    "SAT, "
    "immediately, Mon, Wed, sun., valentine, valentines, Easter, easter",
    alone=r"wake (?:me|us)(?: up)?|alarm|timer",
    mornings=r"wak(?:e|ing) (?:me|us|him|her|them|up)|get(?:ting)? up|alarm"
    r"|breakfast(?=\W*(?:at|with|tomorrow|\d|$))",
    fillers=FILLERS,
)
