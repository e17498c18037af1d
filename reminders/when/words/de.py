"""German words of time."""

from reminders.when.fillers.de import FILLERS
from reminders.when.table import Table

_ONES = (
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
)
_ONES += " sechzehn siebzehn achtzehn neunzehn"
_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig", 60: "sechzig", 70: "siebzig",
         80: "achtzig", 90: "neunzig"}  # fmt: skip
_IRREGULAR = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_PARTS = {"morning": "morgen, vormittag, früh", "lunch": "mittag", "afternoon": "nachmittag",
          "evening": "abend", "night": "nacht"}  # fmt: skip


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    for ten, name in _TENS.items():
        words[ten] = name
        words |= {ten + n: f"{words[n]}und{name}" for n in range(1, 10)}
    words |= {1: "eins", 2: "zwei, zwo", 1.5: "anderthalb, eineinhalb, einundeinhalb"}
    return words | {n + 0.5: f"{_ONES.split()[n]}einhalb" for n in range(2, 10)}


def _ordinals() -> dict[float, str]:
    numbers = _numbers()
    stems = {
        n: _IRREGULAR.get(n, f"{numbers[n].split(',')[0]}{'t' if n < 20 else 'st'}")
        for n in range(1, 32)
    }
    return {n: f"{stem}e(|r|n|s|m)" for n, stem in stems.items()}


def _compounds() -> dict[tuple[int, str], str]:
    days = [*enumerate(_DAYS), (5, "sonnabend")]
    pairs: dict[tuple[int, str], str] = {}
    for number, day in days:
        for part, words in _PARTS.items():
            both = ", ".join(f"{day}{word.strip()}" for word in words.split(","))
            pairs[number, part] = f"{pairs.get((number, part), '')}, {both}"
    return pairs


TABLE = Table(
    code="de",
    numbers=_numbers(),
    ordinals=_ordinals() | {-2: "vorletzt(e|er|en|es|em)"},
    ordinal_suffixes="te|ten|ter|tes|ste|sten|ster",
    units={
        "second": "sekunde, sekunden, sek",
        "minute": "minute, minuten, min, minütchen",
        "hour": "stündchen, stunde, stunden, std, stdn",
        "day": "tag, tage, tagen, tages, tags",
        "workday": "werktag, werktage, werktagen, arbeitstag, arbeitstage, arbeitstagen",
        "weekend": "wochenende, wochenenden",
        "week": "woche, wochen, wo",
        "month": "monat, monate, monaten, monats",
        "quarter": "quartal, quartale, quartalen, quartals, vierteljahr",
        "halfyear": "halbjahr, halbe jahr, halbes jahr",
        "year": "jahr, jahre, jahren, jahres",
        "decade": "jahrzehnt, jahrzehnte, jahrzehnten",
    },
    glued_units={
        "second": "s",
        "minute": "m",
        "hour": "h",
        "day": "d, t",
        "week": "w",
        "year": "j",
    },
    weekdays=(
        "montag, mo, mon",
        "dienstag, di",
        "mittwoch, mi",
        "donnerstag, do, don",
        "freitag, fr, frei",
        "samstag, sa, sam, sonnabend",
        "sonntag, so, son",
        "",
        "",
        "wochenende",
    ),
    weekday_plurals=(
        "montags",
        "dienstags",
        "mittwochs",
        "donnerstags",
        "freitags",
        "samstags, sonnabends",
        "sonntags",
        "",
        "wochentags, werktags, unter der woche, an wochentagen, an werktagen",
        "wochenends, an wochenenden",
    ),
    months=(
        "januar, jan, jänner, jaenner",
        "februar, feb, feber",
        "märz, mär, maerz, mrz",
        "april, apr",
        "mai",
        "juni, jun",
        "juli, jul",
        "august, aug",
        "september, sept, sep",
        "oktober, okt",
        "november, nov",
        "dezember, dez",
    ),
    days={
        0: "heute, heut",
        1: "morgen, am nächsten tag",
        2: "übermorgen, uebermorgen",
        3: "überübermorgen",
        -1: "gestern",
        -2: "vorgestern",
    },
    parts={
        "dawn": "morgengrauen",
        "morning": "morgen, vormittag, früh, frueh, morgens, vormittags",
        "lunch": "mittag, mittags",
        "afternoon": "nachmittag, nachmittags",
        "evening": "abend, abends",
        "night": "nacht, nachts",
    },
    today_parts={"evening": "heut abend", "night": "heut nacht"},
    part_plurals={},
    clocks={
        (12, 0, ""): "mittag, zwölf uhr mittags, 12 uhr mittags",
        (0, 0, "midnight"): "mitternacht, mitternachts",
    },
    holidays={
        (1, 1): "neujahr, neujahrstag",
        (1, 6): "dreikönigstag, heilige drei könige",
        (2, 14): "valentinstag",
        (5, 1): "tag der arbeit, maifeiertag",
        (10, 3): "tag der deutschen einheit",
        (10, 31): "halloween, reformationstag",
        (12, 6): "nikolaus, nikolaustag",
        (12, 24): "heiligabend, heilig abend, heiliger abend",
        (
            12,
            25,
        ): "ersten weihnachtstag, ersten weihnachtsfeiertag, erster weihnachtsfeiertag, "
        "1. weihnachtsfeiertag, weihnachten, erster weihnachtstag, 1. weihnachtstag",
        (
            12,
            26,
        ): "zweiten weihnachtstag, zweiten weihnachtsfeiertag, zweiter weihnachtsfeiertag, "
        "2. weihnachtsfeiertag, zweiter weihnachtstag, 2. weihnachtstag",
        (12, 31): "jahreswechsel, silvester, sylvester",
        ("easter", 0): "ostern, ostersonntag",
        ("easter", 1): "ostermontag",
        ("easter", -2): "karfreitag",
        ("easter", 49): "pfingsten, pfingstsonntag",
        (5, 2, 6): "muttertag",
        ("easter", 39): "christi himmelfahrt, himmelfahrt, vatertag",
        ("easter", 50): "pfingstmontag",
        ("easter", 60): "fronleichnam",
        ("easter", -48): "rosenmontag",
        ("easter", -47): "faschingsdienstag, fasching",
        ("easter", -46): "aschermittwoch",
        ("easter", -52): "weiberfastnacht",
        ("easter", -3): "gründonnerstag",
        ("easter", -7): "palmsonntag",
        ("easter", -1): "karsamstag, ostersamstag",
        (11, 1): "allerheiligen",
        (11, 2): "allerseelen",
        (8, 15): "mariä himmelfahrt",
        (11, 11): "martinstag, sankt martin, st. martin",
        (3, 8): "frauentag",
        (4, 30): "walpurgisnacht",
        ("near", 12, 25, 6, -4): "ersten advent, erster advent, 1. advent",
        ("near", 12, 25, 6, -3): "zweiten advent, zweiter advent, 2. advent",
        ("near", 12, 25, 6, -2): "dritten advent, dritter advent, 3. advent",
        ("near", 12, 25, 6, -1): "vierten advent, vierter advent, 4. advent",
        ("near", 12, 25, 6, -5): "totensonntag",
        ("near", 11, 23, 2, -1): "buß und bettag",
    },
    classes={
        "AT": "um, gegen, so um, um ca",
        "ON": "am, an, zum, zu, an dem, den",
        "BY": "",
        "IN": "in, im, binnen, innerhalb von",
        "OF": "im, in, des, der, vom, von, von diesem",
        "FOR": "für, fuer",
        "FROM": "von, ab, vom",
        "BETWEEN": "zwischen",
        "OR": "oder",
        "THE": "der, die, das, den, dem, des",
        "A": "ein, eine, einer, einem, einen, eines, nem, ner",
        "AND": "und, u, sowie",
        "TO": "vor",
        "UPTO": "bis, bis zum",
        "PAST": "nach",
        "HALFTO": "halb",
        "ABOUT": "knapp, gut, gute, guten, ca, circa, zirka, ungefähr, etwa, rund, gegen, "
        "genau, pünktlich, punkt, "
        "spätestens, schon",
        "OCLOCK": "uhr",
        "HOURMARK": "h",
        "MORE": "volle, vollen, voller, weiteren, weitere",
        "AFTER": "nach, ab",
        "BEFORE": "vor, vorher, davor, zuvor, im voraus",
        "FINAL": "letzt(e|er|en|es|em)",
        "FROM_TODAY": "ab heute, von heute an",
        "LASTING": "lang, hindurch",
        "HENCE": "später, ab jetzt, von jetzt an, ab heute, von heute an, von heute",
        "AGO_FIRST": "vor",
        "PLUS": "plus",
        "TIMER": "timer",
        "TIMER_ON": "auf, für, über, von",
        "NOW": "jetzt, sofort, nun, gerade jetzt",
        "EVERY": "jede, jeden, jeder, jedes, jedem, alle, aller, allen",
        "TIMES": "mal, male, wiederholungen",
        "PER": "pro, je, am, in der, im",
        "EXCEPT": "außer, ausser, ausgenommen",
        "UNTIL": "bis, bis zum, bis zur, bis einschließlich",
        "STARTING": "ab, beginnend, ab dem, startend, angefangen, beginnend am, seit",
        "END": "ende",
        "START": "anfang, beginn",
        "MID": "mitte",
        "NAG": "nerv mich, nerve mich, nag, hartnäckig, penetrant, erinnere mich immer wieder, "
        "erinner mich immer wieder, lass nicht locker, gib keine ruhe, hör nicht auf",
        "ASK_AGAIN": "nachhaken, nachfragen, hake, hak, hake nach, hak nach, frag, frage, frag nach, "
        "frage nach, frag mich, hake bei mir nach",
        "AGAIN": "wiederhole, wiederhol, wiederholen, wiederhole es, und erinnere mich, und erinner mich",
        "UNTIL_DONE": "bis erledigt, bis es erledigt ist, bis ich erledigt sage, "
        "bis ich fertig bin, "
        "bis ich fertig sage, bis fertig, bis ich es erledigt habe, bis es gemacht ist, "
        "bis ich es gemacht habe, bis ich es getan habe, bis ich es bestätige, "
        "bis zur erledigung, bis ich es erledige",
        "URGENT": "dringend, wichtig, eilig",
        "DAY_BEFORE": "vortag, am vortag, am tag davor, am tag vorher, am tag zuvor, tags zuvor, am abend davor",
        "ALERT": "weck mich, wecke mich, "
        "erinnere, erinner, erinnere mich, erinner mich, erinnerung, warne mich, "
        "vorwarnung",
        "AFTER_DONE": "nach erledigung, nach dem erledigen, nachdem ich es erledigt habe, "
        "nach abschluss, "
        "nach erledigt",
        "MEASURE": "prozent, grad, euro, cent, kg, km, kilometer, meter, personen, leute, "
        "punkte, stück, "
        "dollar, liter, gramm",
        "UNIT_DAY": "tag, tages",
        "UNIT_WEEK": "woche",
        "UNIT_MONTH": "monat, monats",
        "UNIT_MINUTE": "minute, minuten, min",
        "GREETING": "guten morgen, guten tag, guten abend, gute nacht, schönen abend, "
        "schönen tag, schönes wochenende",
        "WITHIN": "innerhalb, innerhalb von, binnen",
        "UNIT_HOUR": "stunde",
        "EVE": "vorabend",
    },
    valued={
        "MERIDIEM": {
            "am": "a m",
            "pm": "pm, p m",
            "dawn": "im morgengrauen",
            "morning": "morgens, vormittags, früh, frühs, am morgen, am vormittag, in der früh, "
            "in der frühe, früh morgens, frühmorgens, morgens früh, in der fruh, des morgens",
            "lunch": "mittags, am mittag",
            "afternoon": "nachmittags, am nachmittag",
            "evening": "abends, am abend, des abends",
            "night": "nachts, in der nacht",
        },
        "DAYPART": {
            "breakfast": "zum frühstück, beim frühstück, nach dem frühstück, vor dem frühstück",
            "dinner": "zum abendessen, beim abendessen, nach dem abendessen, vor dem abendessen",
            "lunch": "zum mittagessen, beim mittagessen, vor dem mittagessen, "
            "zu mittag, über mittag, nach dem mittagessen, zur mittagszeit, mittagszeit",
            "evening": "nach der arbeit, nach feierabend",
            "same": "um diese zeit, um die gleiche zeit, zur gleichen zeit, zur selben zeit, "
            "gleiche zeit",
        },
        "WEEKDAY_PART": _compounds(),
        "WEEKDAYS_PART": {
            pair: ", ".join(f"{form.strip()}s" for form in entry.split(",") if form.strip())
            for pair, entry in _compounds().items()
        },
        "CLOCK_SHARE": {0.25: "viertel", 0.5: "halb", 0.75: "dreiviertel"},
        "HOUR_SHARE": {0.25: "viertel", 0.75: "dreiviertel, drei viertel"},
        "SHARE": {
            0.5: "halbe, halben, halbes, halber, halb",
            0.25: "viertel",
            0.75: "dreiviertel, drei viertel",
        },
        "SOME": {2: "paar", 3: "einige, einigen, mehrere, mehreren, wenige, wenigen"},
        "HUNDRED": {100: "hundert", 1000: "tausend"},
        "LENGTH": {
            (15, "minute"): "viertelstunde",
            (30, "minute"): "halbstunde, halbestunde",
            (45, "minute"): "dreiviertelstunde",
            (3, "month"): "vierteljahr",
        },
        "NEXT": {
            -1: "letzte, letzten, letzter, letztes, vorige, vorigen, voriger, vergangene, "
            "vergangenen",
            0: "diese, diesen, dieser, dieses, diesem, aktuelle, aktuellen",
            1: "nächste, nächsten, nächster, nächstes, nächstem, naechste, naechsten, naechster, "
            "kommende, kommenden, kommender, kommendes, folgende, folgenden, darauf",
            2: "übernächste, übernächsten, übernächster, übernächstes",
        },
        "OTHER": {2: "zweite, zweiten, zweiter, zweites, andere, anderen"},
        "OFTEN": {
            ("hour", 1): "stündlich",
            ("day", 1): "täglich, taeglich, tagtäglich",
            ("week", 1): "wöchentlich, woechentlich",
            ("week", 2): "zweiwöchentlich, vierzehntägig, 14-tägig, zweiwöchig, alle vierzehn tage",
            ("month", 1): "monatlich",
            ("month", 2): "zweimonatlich",
            ("quarter", 1): "vierteljährlich, quartalsweise",
            ("halfyear", 1): "halbjährlich",
            ("year", 1): "jährlich, jaehrlich, alljährlich",
            ("workday", 1): "werktäglich",
        },
        "TIMES_WORD": {
            1: "einmal",
            2: "zweimal",
            3: "dreimal",
            4: "viermal",
            5: "fünfmal",
            6: "sechsmal",
        },
        "END_OF": {"month": "monatsende", "year": "jahresende"},
        "ZONE": {0: "utc, gmt", 60: "mez, cet", 120: "mesz, cest"},
        "SEASON": {
            3: "frühling, frühjahr",
            6: "sommer",
            9: "herbst",
            12: "winter",
        },
        "QUARTER_NAME": {
            1: "q1",
            2: "q2",
            3: "q3",
            4: "q4",
        },
    },
    misspellings={"morgn, mogen": "morgen", "ubermorgn": "ubermorgen", "donnerstg": "donnerstag"},
    weak="mo, di, mi, do, fr, sa, so, mon, don, frei, sam, son, wochenende, jetzt, "
    "nun, sofort, "
    "den, mittag, früh, ostern",
    alone=r"weck(?:e)?(?: mich| uns)?(?: auf)?|wecker|timer",
    mornings=r"weck(?:e|en|t|st)?|aufwecken|aufgeweckt|aufwachen|aufstehen|wecker|frühstück(?:en)?",
    fillers=FILLERS,
)
