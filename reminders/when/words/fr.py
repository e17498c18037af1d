"""French words of time."""

from reminders.when.fillers.fr import FILLERS
from reminders.when.table import Table

_ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre vingt",
}
_ORDERS = "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième"


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    words |= {10 + n: f"dix {words[n]}" for n in (7, 8, 9)}
    for ten, name in _TENS.items():
        words[ten] = name
        rest = range(1, 20) if ten >= 60 else range(1, 10)
        words |= {ten + n: f"{name} {words[n]}, {name} et {words[n]}" for n in rest}
    return words | {1: "un", 12: "douze, une douzaine de", 80: "quatre vingt, quatre vingts"}


def _ordinals() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ORDERS.split(), 2))
    words |= {11: "onzième", 12: "douzième", 15: "quinzième", 20: "vingtième", 30: "trentième"}
    return words | {1: "premi(er|ère|ers|ères)", 2: "deuxième(|s), second, seconde"}


_WEEKDAYS = (
    "lundi, lun",
    "mardi, mar",
    "mercredi, mer",
    "jeudi, jeu",
    "vendredi, ven",
    "samedi, sam",
    "dimanche, dim",
    "",
    "",
    "week end, weekend",
)

TABLE = Table(
    code="fr",
    numbers=_numbers(),
    ordinals=_ordinals() | {-2: "avant derni(er|ère)"},
    ordinal_suffixes="er|ere|e|eme|ieme|nd|nde",
    units={
        "second": "seconde(|s), sec",
        "minute": "minute(|s), min, mn, mins",
        "hour": "heure(|s)",
        "day": "jour(|s), journée(|s)",
        "workday": "jour(|s) ouvrable(|s), jours ouvrés, jour ouvré",
        "weekend": "week end, weekend, week ends, weekends",
        "week": "semaine(|s), sem",
        "month": "mois",
        "quarter": "trimestre(|s)",
        "halfyear": "semestre(|s)",
        "year": "an(|s), année(|s)",
        "decade": "décennie(|s)",
        "century": "siècle(|s)",
    },
    glued_units={"second": "s", "minute": "m", "hour": "h", "day": "j, d", "year": "a"},
    weekdays=_WEEKDAYS,
    weekday_plurals=(
        "lundis",
        "mardis",
        "mercredis",
        "jeudis",
        "vendredis",
        "samedis",
        "dimanches",
        "",
        "jours de semaine, en semaine, jours ouvrables, jours ouvrés",
        "week ends, weekends",
    ),
    months=(
        "janvier, janv, jan",
        "février, févr, fév, fevr",
        "mars",
        "avril, avr",
        "mai",
        "juin",
        "juillet, juil, jul",
        "août, aout",
        "septembre, sept, sep",
        "octobre, oct",
        "novembre, nov",
        "décembre, déc",
    ),
    days={
        0: "aujourd'hui, ce jour, aujourdhui, auj, dans la journée, plus tard aujourd'hui",
        1: "demain, le lendemain, lendemain",
        2: "après demain, le surlendemain, apres demain",
        -1: "hier",
        -2: "avant hier",
    },
    parts={
        "dawn": "aube",
        "morning": "matin, matinée, début de matinée, fin de matinée, tôt le matin",
        "lunch": "midi, déjeuner, heure du déjeuner",
        "afternoon": "après midi, aprem, aprèm, apres midi",
        "evening": "soir, soirée, début de soirée, fin de soirée",
        "night": "nuit",
    },
    today_parts={
        "morning": "ce matin",
        "afternoon": "cet après midi, cet aprem, cette après midi, cet apres midi, c't'aprem",
        "evening": "ce soir, ce soir même, dans la soirée",
        "night": "cette nuit",
        "lunch": "ce midi",
    },
    part_plurals={
        "morning": "matins, le matin",
        "evening": "soirs",
        "afternoon": "après midis",
        "night": "nuits",
    },
    clocks={(12, 0, ""): "midi", (0, 0, "midnight"): "minuit"},
    holidays={
        (1, 1): "jour de l'an, nouvel an, le jour de l'an, premier de l'an",
        (2, 14): "saint valentin, st valentin",
        (5, 1): "fête du travail",
        (5, 8): "fête de la victoire",
        (7, 14): "fête nationale",
        (8, 15): "assomption",
        (10, 31): "halloween",
        (11, 1): "toussaint",
        (11, 11): "armistice",
        (12, 24): "veille de noël, réveillon de noël",
        (12, 25): "noël, jour de noël",
        (12, 31): "saint sylvestre, réveillon du nouvel an, veille du nouvel an",
        ("easter", 0): "pâques, dimanche de pâques",
        ("easter", 1): "lundi de pâques",
        ("easter", 39): "jeudi de l'ascension, ascension",
        ("easter", 49): "pentecôte",
        (1, 6): "épiphanie",
        (2, 2): "chandeleur",
        (6, 21): "fête de la musique",
        (4, 1): "poisson d'avril",
        ("easter", -47): "mardi gras",
        ("easter", -46): "mercredi des cendres",
        ("easter", -2): "vendredi saint",
        ("easter", -7): "dimanche des rameaux",
        ("easter", -3): "jeudi saint",
        ("easter", 50): "lundi de pentecôte",
        (5, -1, 6): "fête des mères",
        (6, 3, 6): "fête des pères",
        (12, 26): "lendemain de noël",
    },
    classes={
        "AT": "à, vers, a, pour, vers les, aux alentours de, dès, autour de",
        "ON": "le, au, pour le, du, ce, les, à, pour, à la",
        "BY": "avant, d'ici, pour, d'ici à",
        "IN": "dans, en, d'ici, sous, après, au bout de, dans les",
        "OF": "de, du, d, des, de la, de l', en, au, à, à partir de",
        "FOR": "pour, pendant, durant",
        "FROM": "de, du, depuis, à partir de, à partir du, de la, entre",
        "BETWEEN": "entre",
        "OR": "ou",
        "THE": "le, la, les, l",
        "A": "un, une",
        "AND": "et",
        "TO": "avant",
        "UPTO": "à, au, a, jusqu'à, jusqu'au",
        "PAST": "après",
        "HOUR_AND": "et",
        "HOUR_LESS": "moins, moins le",
        "ABOUT": "environ, vers, à peu près, exactement, précises, pile, précise, plus tard, "
        "très exactement",
        "OCLOCK": "h00",
        "HOURMARK": "h, heure(|s), hr, hrs",
        "MORE": "de plus, autres",
        "AFTER": "après",
        "BEFORE": "avant, à l'avance, au préalable, auparavant",
        "FINAL": "derni(er|ère)",
        "FROM_TODAY": "à partir d'aujourd'hui, dès aujourd'hui",
        "HENCE": "plus tard, à partir de maintenant, à compter de maintenant, "
        "à partir d'aujourd'hui",
        "AGO_FIRST": "il y a, y a",
        "PLUS": "plus",
        "DAYMARKS": "jours, les jours",
        "TIMER": "minuteur, minuterie, compte à rebours",
        "NOW": "maintenant, tout de suite, immédiatement",
        "EVERY": "chaque, tous les, toutes les, tou(s|tes), tout les, à chaque",
        "TIMES": "fois, occurrences, répétitions",
        "PER": "par, chaque",
        "EXCEPT": "sauf, excepté, hormis, à l'exception de",
        "UNTIL": "jusque, jusqu'à, jusqu'au, jusqu'en, jusqu'à la, jusqu",
        "STARTING": "à partir de, à partir du, dès, à compter du, à compter de, en commençant, "
        "en commençant le, à partir d, commençant, commençant le",
        "END": "fin, la fin",
        "START": "début, le début",
        "MID": "mi, milieu",
        "DAYMARK": "jour",
        "NAG": "insiste, harcèle moi, relance moi",
        "UNTIL_DONE": "jusqu'à ce que ce soit fait, jusqu'à ce que je dise fait, "
        "jusqu'à ce que je l'aie fait, "
        "jusqu'à ce que j'aie fini, tant que ce n'est pas fait, "
        "jusqu'à ce que je confirme, jusqu'à ce que je le fasse",
        "URGENT": "urgent, urgente, important",
        "DAY_BEFORE": "la veille, le jour d'avant, le jour avant",
        "ALERT": "réveille moi, "
        "rappelle, rappelle moi, préviens moi, alerte, rappel, prévenir, alerte moi",
        "AFTER_DONE": "après l'avoir fait, après avoir fait, une fois fait, après fait, "
        "après avoir terminé",
        "MEASURE": "pour cent, pourcent, degrés, euros, euro, kg, km, kilomètres, mètres, "
        "personnes, points, "
        "dollars, litres, grammes, kilos",
        "UNIT_DAY": "jour",
        "UNIT_WEEK": "semaine",
        "UNIT_MONTH": "mois",
        "UNIT_MINUTE": "minute(|s), min, mn",
        "GREETING": "bonne nuit, bonne soirée, bonne journée, bon week end, bonne après midi",
        "WITHIN": "dans",
        "UNIT_HOUR": "heure",
        "ON_THE": "le",
        "EVE": "veille",
        "MORROW": "le lendemain, lendemain",
    },
    valued={
        "DATED_WEEKDAY": dict(enumerate(_WEEKDAYS[:7])),
        "MERIDIEM": {
            "am": "am, a m",
            "pm": "pm, p m",
            "dawn": "à l'aube",
            "morning": "du matin, le matin, dans la matinée, au matin, en matinée, "
            "en début de matinée, "
            "tôt le matin, en fin de matinée, de la matinée, au petit matin",
            "lunch": "du midi, le midi",
            "afternoon": "de l'après midi, l'après midi, dans l'après midi, "
            "en début d'après midi, "
            "en fin d'après midi, d'après midi, de l'aprem, de l'apres midi, dans l'apres midi",
            "evening": "du soir, le soir, dans la soirée, en soirée, en début de soirée, "
            "en fin de soirée",
            "night": "de la nuit, la nuit, dans la nuit, pendant la nuit",
        },
        "DAYPART": {
            "lunch": "au déjeuner, avec le déjeuner, à l'heure du déjeuner, après le déjeuner, "
            "pendant le déjeuner, après manger",
            "dinner": "au dîner, avec le dîner, après le dîner",
            "breakfast": "au petit déjeuner, avec le petit déjeuner, après le petit déjeuner",
            "eod": "en fin de journée, fin de journée, à la fin de la journée",
            "evening": "après le travail",
            "same": "à la même heure, même heure, à cette heure",
        },
        "CLOCK_SHARE": {0.25: "quart, le quart", 0.5: "demi, demie"},
        "SHARE": {0.5: "demi, demie", 0.25: "quart", 0.75: "trois quarts"},
        "SOME": {2: "couple, couple de, deux trois", 3: "quelques, plusieurs"},
        "HUNDRED": {100: "cent, cents", 1000: "mille"},
        "LENGTH": {
            (30, "minute"): "demi heure, demi heures, demie heure",
            (15, "minute"): "quart d'heure",
            (45, "minute"): "trois quarts d'heure",
            (12, "hour"): "demi journée",
            (14, "day"): "quinzaine, quinzaine de jours",
            (7, "day"): "huitaine",
        },
        "DAYS_ON": {7: "en huit", 14: "en quinze"},
        "NEXT": {
            -1: "derni(er|ère), pass(é|ée), précédent, précédente",
            0: "ce, cet, cette, en cours",
            1: "prochain, prochaine, prochains, prochaines, suivant, suivante, à venir, "
            "qui vient, qui arrive, "
            "d'après",
            2: "en huit",
        },
        "OTHER": {2: "deux, autre"},
        "OFTEN": {
            ("hour", 1): "toutes les heures, à chaque heure",
            ("day", 1): "quotidiennement, journellement, quotidien, tous les jours, chaque jour",
            ("day", 2): "un jour sur deux, tous les deux jours",
            ("week", 1): "hebdomadairement, hebdomadaire, hebdo",
            (
                "week",
                2,
            ): "bihebdomadaire, une semaine sur deux, tous les quinze jours, tous les 15 jours",
            ("month", 1): "mensuellement, mensuel, mensuelle",
            ("month", 2): "bimensuel, bimestriel",
            ("quarter", 1): "trimestriellement, trimestriel, trimestrielle",
            ("halfyear", 1): "semestriellement, semestriel",
            ("year", 1): "annuellement, annuel, annuelle",
        },
        "TIMES_WORD": {1: "une fois", 2: "deux fois", 3: "trois fois", 4: "quatre fois"},
        "END_OF": {
            "month": "fin de mois, fin du mois",
            "year": "fin d'année",
            "week": "fin de semaine",
        },
        "ZONE": {0: "utc, gmt", 60: "cet", 120: "cest"},
        "SEASON": {
            3: "printemps",
            6: "été",
            9: "automne",
            12: "hiver",
        },
        "OUT_OF": {
            2: "sur deux",
            3: "sur trois",
            4: "sur quatre",
        },
    },
    misspellings={"demin, deamin": "demain", "aujourdui, aujourd hui, aujoudhui": "aujourdhui"},
    weak="la nuit, mar, mer, ven, sam, dim, jeu, lun, week-end, weekend, maintenant, noël, pâques",
    alone=r"réveille[- ](?:moi|nous)|réveil|minuteur",
    mornings=r"réveil|réveille(?:r|s|-moi|-nous)?|(?:me|se|nous) lever|lever(?=\W*(?:à|\d|$))"
    r"|petit[ -]déj(?:euner)?",
    fillers=FILLERS,
)
