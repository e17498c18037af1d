"""Italian words of time."""

from reminders.when.fillers.it import FILLERS
from reminders.when.table import Table

_ONES = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici"
)
_ONES += " quindici sedici diciassette diciotto diciannove"
_TENS = {20: "venti", 30: "trenta", 40: "quaranta", 50: "cinquanta", 60: "sessanta", 70: "settanta",
         80: "ottanta", 90: "novanta"}  # fmt: skip
_ORDERS = "prim second terz quart quint sest settim ottav non decim"


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    for ten, name in _TENS.items():
        words[ten] = name
        words |= {ten + n: f"{name[:-1] if n in (1, 8) else name}{words[n]}" for n in range(1, 10)}
    words |= {n: f"{words[n]}, {words[n][:-3]}tré" for n in (23, 33, 43, 53)}
    return words | {1: "uno, una, un", 12: "dodici, una dozzina di"}


def _ordinals() -> dict[float, str]:
    words: dict[float, str] = {n: f"{stem}(o|a|i|e)" for n, stem in enumerate(_ORDERS.split(), 1)}
    return {**words, 20: "ventesimo", 30: "trentesimo"}


_WEEKDAYS = (
    "lunedì, lun, lunedi",
    "martedì, mart, martedi",
    "mercoledì, mer, merc, mercoledi",
    "giovedì, gio, giov, giovedi",
    "venerdì, ven, venerdi",
    "sabato, sab",
    "domenica, dom",
    "",
    "",
    "fine settimana, weekend, week end",
)

TABLE = Table(
    code="it",
    numbers=_numbers(),
    ordinals=_ordinals() | {-2: "penultim(o|a)"},
    ordinal_suffixes="o|a|mo|esimo|ma",
    units={
        "second": "secondo, secondi, sec",
        "minute": "minuto, minuti, min, mins, minutino, minutini",
        "hour": "ora, ore, oretta",
        "day": "giorno, giorni, giornata",
        "workday": "giorno lavorativo, giorni lavorativi, giorno feriale, giorni feriali",
        "weekend": "fine settimana, weekend, week end",
        "week": "settimana, settimane",
        "month": "mese, mesi",
        "quarter": "trimestre, trimestri",
        "halfyear": "semestre, semestri",
        "year": "anno, anni",
        "decade": "decennio, decenni",
        "century": "secolo, secoli",
    },
    glued_units={"second": "s", "minute": "m", "hour": "h", "day": "g, d", "week": "w"},
    weekdays=_WEEKDAYS,
    weekday_plurals=(
        "i lunedì, tutti i lunedì, ogni lunedì",
        "i martedì, tutti i martedì",
        "i mercoledì, tutti i mercoledì",
        "i giovedì, tutti i giovedì",
        "i venerdì, tutti i venerdì",
        "sabati, i sabati, tutti i sabati",
        "domeniche, le domeniche, tutte le domeniche",
        "",
        "giorni feriali, i giorni feriali, nei giorni feriali, giorni lavorativi, "
        "durante la settimana, "
        "nei giorni lavorativi",
        "i fine settimana, nei weekend, i weekend, nei fine settimana, "
        "tutti i weekend, "
        "tutti i fine settimana",
    ),
    months=(
        "gennaio, gen, genn",
        "febbraio, feb, febb",
        "marzo, mar",
        "aprile, apr",
        "maggio, mag, magg",
        "giugno, giu",
        "luglio, lug",
        "agosto, ago",
        "settembre, sett, set",
        "ottobre, ott",
        "novembre, nov",
        "dicembre, dic",
    ),
    days={
        0: "oggi, in giornata, quest'oggi, oggi stesso, più tardi oggi, odierno",
        1: "domani, l'indomani, il giorno dopo, il giorno seguente, il giorno successivo",
        2: "dopodomani, dopo domani, il giorno dopo domani, posdomani",
        -1: "ieri",
        -2: "l'altro ieri, altro ieri, ieri l'altro, avantieri",
    },
    parts={
        "dawn": "alba",
        "morning": "mattina, mattino, mattinata, mattine, prima mattina, tarda mattinata",
        "lunch": "pranzo, ora di pranzo",
        "afternoon": "pomeriggio, pomeriggi, primo pomeriggio, tardo pomeriggio",
        "evening": "sera, serata, tarda sera, prima serata",
        "night": "notte, nottata, tarda notte",
    },
    today_parts={
        "morning": "stamattina, stamani, stamane, questa mattina, questo mattino",
        "afternoon": "questo pomeriggio, oggi pomeriggio",
        "evening": "stasera, questa sera, oggi sera",
        "night": "stanotte, questa notte",
    },
    part_plurals={
        "morning": "le mattine, tutte le mattine",
        "afternoon": "i pomeriggi, tutti i pomeriggi",
        "evening": "sere, le sere, tutte le sere",
        "night": "notti, le notti, tutte le notti",
    },
    clocks={
        (12, 0, ""): "mezzogiorno, mezzo giorno, mezzodì",
        (0, 0, "midnight"): "mezzanotte, mezza notte",
    },
    holidays={
        (1, 1): "capodanno",
        (1, 6): "epifania, befana",
        (2, 14): "san valentino",
        (4, 25): "festa della liberazione",
        (5, 1): "festa del lavoro, festa dei lavoratori",
        (6, 2): "festa della repubblica",
        (8, 15): "ferragosto",
        (10, 31): "halloween",
        (11, 1): "tutti i santi, ognissanti",
        (12, 8): "immacolata",
        (12, 24): "vigilia di natale, vigilia",
        (12, 25): "natale, giorno di natale",
        (12, 26): "santo stefano",
        (12, 31): "vigilia di capodanno, san silvestro, ultimo dell'anno",
        ("easter", 0): "pasqua",
        ("easter", 1): "lunedì dell'angelo, lunedì di pasqua, pasquetta",
        ("easter", -2): "venerdì santo",
        ("easter", -7): "domenica delle palme",
        ("easter", -47): "martedì grasso, carnevale",
        ("easter", -46): "mercoledì delle ceneri",
        ("easter", 49): "pentecoste",
        ("easter", 39): "ascensione",
        (5, 2, 6): "festa della mamma",
        (3, 19): "festa del papà",
        (3, 8): "festa della donna",
        (10, 2): "festa dei nonni",
        (11, 2): "giorno dei morti",
        (4, 1): "pesce d'aprile",
    },
    classes={
        "AT": "alle, prima delle, dopo le, all, alle ore, ore, le ore, verso le, per le, dalle, attorno alle, "
        "intorno alle, a, "
        "ad, circa alle, entro le, verso, dall, per",
        "ON": "il, di, nel, nella, per il, per, lo, la, al, del, in, il giorno, nei, l, questo, "
        "entro il, le, alla",
        "BY": "entro, entro il, per il, per",
        "IN": "tra, fra, in, entro, dopo, nel, nei, nella, nelle, nell, tra circa, da qui a",
        "OF": "d, di, del, della, dell, in, nel, da, degli, dei",
        "FOR": "per, durante",
        "FROM": "da, dal, dalle, dalla, dall, di",
        "BETWEEN": "tra, fra, tra le, fra le",
        "OR": "o, oppure",
        "THE": "il, la, lo, le, i, gli, l",
        "A": "un, una, uno",
        "AND": "e, ed",
        "TO": "alle, all, prima delle, prima di",
        "UPTO": "a, al, alle, alla, fino al, fino alle, all",
        "PAST": "dopo le, dopo",
        "HOUR_AND": "e",
        "HOUR_LESS": "meno",
        "ABOUT": "circa, quasi, più o meno, esattamente, in punto, precise, "
        "approssimativamente, verso, "
        "all'incirca, solo, appena",
        "OCLOCK": "in punto",
        "HOURMARK": "h, ora, ore",
        "MORE": "altri, altre",
        "AFTER": "dopo, dopo di, a partire da",
        "BEFORE": "prima, prima di, prima del, prima delle, in anticipo, di anticipo",
        "FINAL": "ultimo, ultima",
        "FROM_TODAY": "da oggi, a partire da oggi",
        "HENCE": "dopo, più tardi, da adesso, da ora, a partire da ora, da oggi, "
        "a partire da adesso",
        "AGO": "fa, or sono",
        "PLUS": "più",
        "DAYMARKS": "giorni, i giorni",
        "TIMER": "timer, conto alla rovescia",
        "NOW": "adesso, ora, subito, immediatamente, in questo momento, proprio adesso",
        "EVERY": "ogni, tutti i, tutte le, ciascun, ciascuna, tutti gli, ognuno, a ogni, ad ogni",
        "TIMES": "volte, volta, ripetizioni, occorrenze",
        "PER": "al, alla, a, per, all",
        "EXCEPT": "eccetto, tranne, escluso, esclusi, a parte, salvo",
        "UNTIL": "fino, fino a, fino al, fino alle, fino alla, finché, sino al, sino a, fino all",
        "STARTING": "a partire da, a partire dal, dal, da, iniziando, iniziando da, "
        "a cominciare da, "
        "a cominciare dal, partendo da, partendo dal, cominciando da",
        "END": "fine, la fine",
        "START": "inizio, l'inizio",
        "MID": "metà",
        "DAYMARK": "giorno, il giorno",
        "NAG": "insisti, assillami",
        "UNTIL_DONE": "finché non è fatto, fino a quando non è fatto, finché non dico fatto, "
        "finché non l'ho fatto, finché non ho finito, "
        "finché non lo faccio, finché non confermo, fino a completamento",
        "URGENT": "urgente, importante",
        "DAY_BEFORE": "il giorno prima, la vigilia",
        "ALERT": "svegliami, ricordamelo, ricorda, ricordami, avvisami, avviso, promemoria, avvisa",
        "AFTER_DONE": "dopo averlo fatto, dopo averla fatta, dopo fatto, dopo il completamento, "
        "una volta fatto, "
        "dopo aver finito",
        "MEASURE": "per cento, percento, gradi, euro, kg, km, chilometri, metri, persone, "
        "punti, dollari, "
        "litri, grammi, chili",
        "UNIT_DAY": "giorno",
        "UNIT_WEEK": "settimana",
        "UNIT_MONTH": "mese",
        "UNIT_MINUTE": "minuto, minuti, min",
        "GREETING": "buon giorno, buona sera, buona notte, buona giornata, buona serata, "
        "buon pomeriggio, buon fine settimana",
        "WITHIN": "entro",
        "UNIT_HOUR": "ora",
        "ON_THE": "il",
        "EVE": "vigilia",
        "MONTH_PREP": "a, ad",
        "YES": "sì",
        "NO": "no",
        "MORROW": "il giorno dopo, il giorno seguente, il giorno successivo, giorno dopo",
    },
    valued={
        "DATED_WEEKDAY": dict(enumerate(_WEEKDAYS[:7])),
        "MERIDIEM": {
            "am": "am, a m",
            "pm": "pm, p m",
            "dawn": "all'alba",
            "morning": "di mattina, del mattino, della mattina, la mattina, al mattino, "
            "in mattinata, mattina, "
            "nella mattinata, la mattina presto, di prima mattina, nella mattina, "
            "in tarda mattinata, di mattino",
            "lunch": "a pranzo, all'ora di pranzo",
            "afternoon": "di pomeriggio, del pomeriggio, nel pomeriggio, il pomeriggio, "
            "pomeriggio, "
            "nel primo pomeriggio, nel tardo pomeriggio",
            "evening": "di sera, della sera, la sera, in serata, alla sera, sera, nella sera, "
            "in tarda serata, "
            "nella serata",
            "night": "di notte, della notte, la notte, in nottata, nella notte, notte, "
            "a notte fonda",
        },
        "DAYPART": {
            "lunch": "a pranzo, dopo pranzo, per pranzo, durante il pranzo",
            "breakfast": "a colazione, dopo colazione, per colazione",
            "dinner": "a cena, dopo cena, per cena",
            "eod": "a fine giornata, fine giornata, alla fine della giornata, entro fine giornata",
            "evening": "dopo il lavoro",
            "same": "alla stessa ora, stessa ora, a quest'ora",
        },
        "CLOCK_SHARE": {0.25: "quarto", 0.5: "mezza, mezzo", 0.75: "tre quarti"},
        "SHARE": {0.5: "mezz(o|a)", 0.25: "quarto", 0.75: "tre quarti"},
        "SOME": {
            2: "paio, paio di, coppia di",
            3: "alcuni, alcune, qualche, pochi, poche, diversi, diverse, un po' di",
        },
        "HUNDRED": {100: "cento", 1000: "mille"},
        "LENGTH": {
            (30, "minute"): "mezz'ora, mezzora, mezz'oretta",
            (15, "minute"): "quarto d'ora",
            (45, "minute"): "tre quarti d'ora",
            (12, "hour"): "mezza giornata",
        },
        "DAYS_ON": {7: "a otto", 14: "a quindici"},
        "NEXT": {
            -1: "scors(o|a), passat(o|a), precedente, ultim(o|a)",
            0: "questo, questa, quest, corrente, queste",
            1: "prossim(o|a|i|e), seguente, successiv(o|a), che viene, venturo, ventura, "
            "in arrivo, entrante",
        },
        "OTHER": {2: "due, altro"},
        "OFTEN": {
            ("hour", 1): "ogni ora",
            (
                "day",
                1,
            ): "quotidianamente, giornalmente, giornaliero, quotidiano, tutti i giorni, "
            "ogni giorno, "
            "giornaliera, quotidiana",
            (
                "day",
                2,
            ): "un giorno sì e uno no, a giorni alterni, ogni due giorni, "
            "un giorno sì e un giorno no",
            ("week", 1): "settimanalmente, settimanale",
            ("week", 2): "bisettimanale, quindicinale, ogni quindici giorni, bisettimanalmente",
            ("month", 1): "mensilmente, mensile",
            ("month", 2): "bimestrale, bimestralmente",
            ("quarter", 1): "trimestralmente, trimestrale",
            ("halfyear", 1): "semestralmente, semestrale",
            ("year", 1): "annualmente, annuale",
        },
        "TIMES_WORD": {1: "una volta", 2: "due volte", 3: "tre volte", 4: "quattro volte"},
        "END_OF": {"month": "fine mese", "year": "fine anno"},
        "ZONE": {0: "utc, gmt", 60: "cet", 120: "cest"},
        "SEASON": {
            3: "primavera",
            6: "estate",
            9: "autunno",
            12: "inverno",
        },
        "OUT_OF": {
            2: "sì e uno no, sì uno no, sì e una no, sì e un no, su due",
            3: "su tre",
        },
        "DAYWORD_PART": {
            (1, "morning"): "domattina",
        },
    },
    misspellings={"domai, domanii": "domani"},
    weak="la notte, mar, mer, ven, sab, dom, gio, lun, weekend, ora, adesso, subito, natale, pasqua, "
    "vigilia, mattina, sera, "
    "notte, pomeriggio",
    alone=r"svegliami|svegliaci|sveglia|timer",
    mornings=r"sveglia\w*|svegliar\w*|alzar(?:mi|si|ci)|colazione",
    fillers=FILLERS,
)
