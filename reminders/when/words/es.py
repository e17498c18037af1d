"""Spanish words of time."""

from reminders.when.fillers.es import FILLERS
from reminders.when.table import Table

_ONES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
_ONES += (
    " dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro"
)
_ONES += " veinticinco veintiséis veintisiete veintiocho veintinueve"
_TENS = {30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 70: "setenta",
         80: "ochenta", 90: "noventa"}  # fmt: skip
_ORDERS = "primer segundo tercer cuarto quinto sexto séptimo octavo noveno décimo"


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    for ten, name in _TENS.items():
        words[ten] = name
        words |= {ten + n: f"{name} y {words[n]}" for n in range(1, 10)}
    return words | {1: "uno, una", 21: "veintiuno, veintiuna, veintiún", 12: "doce, una docena de"}


def _ordinals() -> dict[float, str]:
    words: dict[float, str] = {
        n: f"{w}(|o|a)" if w.endswith("r") else w for n, w in enumerate(_ORDERS.split(), 1)
    }
    words |= {n: f"{words[n]}, {words[n][:-1]}a" for n in (2, 4, 5, 6, 7, 8, 9, 10)}
    return words | {1: f"{words[1]}, primeros, primeras"}


_WEEKDAYS = (
    "lunes, lun",
    "martes, mart",
    "miércoles, mié, mier, mierc, miercoles",
    "jueves, jue",
    "viernes, vie",
    "sábado, sáb",
    "domingo, dom",
    "",
    "",
    "fin de semana, finde",
)

TABLE = Table(
    code="es",
    numbers=_numbers(),
    ordinals=_ordinals() | {-2: "penúltim(o|a)"},
    ordinal_suffixes="o|a|er|ro|do|era",
    units={
        "second": "segundo(|s), seg",
        "minute": "minuto(|s), min, mins, minutito, minutitos",
        "hour": "hora(|s), hrs, hr, horita",
        "day": "día(|s)",
        "workday": "día(|s) laborable(|s), día(|s) hábil, días hábiles, día laboral, "
        "días laborales",
        "weekend": "fin de semana, fines de semana, finde, findes",
        "week": "semana(|s)",
        "month": "mes(|es)",
        "quarter": "trimestre(|s)",
        "halfyear": "semestre(|s)",
        "year": "año(|s)",
        "decade": "década(|s)",
        "century": "siglo(|s)",
    },
    glued_units={"second": "s", "minute": "m", "hour": "h", "day": "d"},
    weekdays=_WEEKDAYS,
    weekday_plurals=(
        "los lunes",
        "los martes",
        "los miércoles",
        "los jueves",
        "los viernes",
        "sábados, los sábados",
        "domingos, los domingos",
        "",
        "entre semana, días laborables, días de semana, los días laborables, días hábiles, "
        "de lunes a viernes",
        "fines de semana, los fines de semana, los findes",
    ),
    months=(
        "enero, ene",
        "febrero, feb",
        "marzo, mar",
        "abril, abr",
        "mayo, may",
        "junio, jun",
        "julio, jul",
        "agosto, ago",
        "septiembre, setiembre, sept, sep",
        "octubre, oct",
        "noviembre, nov",
        "diciembre, dic",
    ),
    days={
        0: "hoy, el día de hoy, hoy mismo, más tarde hoy, hoy día",
        1: "mañana, el día siguiente, manana",
        2: "pasado mañana, el día después de mañana, día después de mañana, "
        "el día despues de mañana, "
        "después de mañana",
        -1: "ayer",
        -2: "anteayer, antes de ayer, antier",
    },
    parts={
        "dawn": "madrugada, amanecer",
        "morning": "mañana, mañanita",
        "lunch": "mediodía, almuerzo",
        "afternoon": "tarde, siesta",
        "evening": "tarde noche, anochecer",
        "night": "noche",
    },
    today_parts={
        "morning": "esta mañana, hoy por la mañana",
        "afternoon": "esta tarde, hoy por la tarde, hoy a la tarde",
        "tonight": "esta noche, hoy a la noche, hoy por la noche, hoy en la noche",
        "dawn": "esta madrugada",
    },
    part_plurals={
        "morning": "mañanas, las mañanas",
        "afternoon": "tardes, las tardes",
        "night": "noches, las noches",
    },
    clocks={(12, 0, ""): "mediodía, medio día", (0, 0, "midnight"): "medianoche, media noche"},
    holidays={
        (1, 1): "año nuevo, día de año nuevo",
        (1, 6): "reyes, día de reyes",
        (2, 14): "san valentín, día de san valentín, día de los enamorados",
        (5, 1): "día del trabajo, día del trabajador",
        (10, 31): "halloween",
        (12, 24): "nochebuena",
        (12, 25): "navidad, día de navidad",
        (12, 31): "nochevieja, fin de año, víspera de año nuevo",
        ("easter", 0): "pascua, domingo de pascua, domingo de resurrección",
        ("easter", -2): "viernes santo",
        ("easter", -3): "jueves santo",
        ("easter", -7): "domingo de ramos, semana santa",
        ("easter", 1): "lunes de pascua",
        ("easter", -46): "miércoles de ceniza",
        ("easter", -47): "martes de carnaval, carnaval",
        ("easter", -1): "sábado santo",
        ("easter", 60): "corpus christi",
        (11, 1): "todos los santos, día de todos los santos",
        (11, 2): "día de muertos, día de los muertos, día de los difuntos",
        (10, 12): "día de la hispanidad, día de la raza",
        (5, 1, 6): "día de la madre",
        (3, 19): "día del padre, san josé",
        (6, 24): "noche de san juan",
        (12, 6): "día de la constitución",
        (12, 8): "inmaculada",
        (12, 28): "día de los inocentes, día de los santos inocentes",
        (4, 23): "sant jordi, día del libro",
        (8, 15): "día de la asunción",
        (3, 8): "día de la mujer",
        (1, 5): "noche de reyes",
    },
    classes={
        "AT": "antes de las, después de las, "
        "a las, a la, a eso de las, sobre las, hacia las, a partir de las, para las, las, "
        "alrededor de las, a eso de la, a",
        "ON": "el, el día, en, en el, para el, al, este, para, del, día, por el, los",
        "BY": "para el, antes del",
        "IN": "en, dentro de, tras, de aquí a, al cabo de, después de, en unos, en las, en los",
        "OF": "de, del, en, de el, de la, de este",
        "FOR": "para, por, durante",
        "FROM": "de, desde, del, desde el, desde las, de las",
        "BETWEEN": "entre, entre las",
        "OR": "o",
        "THE": "el, la, los, las",
        "A": "un, una",
        "AND": "y, e",
        "TO": "para las, para la, antes de las",
        "UPTO": "a, al, hasta, hasta las, a las, a la",
        "PAST": "pasadas las",
        "HOUR_AND": "y, con",
        "HOUR_LESS": "menos",
        "ABOUT": "aproximadamente, más o menos, alrededor de, unos, unas, aprox, en punto, "
        "casi, sobre, cerca de, "
        "como, exactamente",
        "OCLOCK": "en punto",
        "HOURMARK": "h, hora(|s), hrs",
        "MORE": "más",
        "AFTER": "después de, despues de, después del, después de las, tras",
        "BEFORE": "antes, antes de, antes de las, antes del, de antelación, con antelación",
        "FINAL": "último, última, ultimo",
        "FROM_TODAY": "a partir de hoy, desde hoy",
        "HENCE": "más tarde, después, desde ahora, a partir de ahora, a partir de hoy, desde hoy",
        "AGO_FIRST": "hace",
        "PLUS": "más",
        "DAYMARKS": "los días, días",
        "TIMER": "temporizador, cronómetro",
        "NOW": "ahora, ahora mismo, ya mismo, inmediatamente, en este momento, ya",
        "EVERY": "cada, todos los, todas las, todos, todas, todo, cada uno de los, a cada",
        "TIMES": "veces, vez, ocurrencias, repeticiones",
        "PER": "por, al, a la, cada",
        "EXCEPT": "excepto, salvo, menos, excepto los, menos los",
        "UNTIL": "hasta, hasta el, hasta que, hasta las",
        "STARTING": "a partir de, a partir del, desde, desde el, empezando, comenzando, "
        "empezando el, "
        "comenzando el, empezando en, comenzando en",
        "END": "fin, final, finales, el fin, el final, fines",
        "START": "principio, comienzo, inicio, principios, el inicio, el comienzo",
        "MID": "mitad, mitad de, mediados, mediados de",
        "DAYMARK": "día, el día",
        "NAG": "insiste, insísteme, insísteme cada",
        "UNTIL_DONE": "hasta que esté hecho, hasta que diga hecho, hasta que lo haga, "
        "hasta que termine, hasta hacerlo, hasta que esté listo, hasta terminar, hasta completarlo, "
        "hasta que lo confirme",
        "URGENT": "urgente, importante",
        "DAY_BEFORE": "el día antes, el día anterior, un día antes, la víspera",
        "ALERT": "despiértame, despiertame, "
        "recuérdame, avísame, recordar, avisar, alerta, aviso, recuerdame, avisame",
        "AFTER_DONE": "después de hecho, después de hacerlo, después de completarlo, "
        "tras hacerlo, "
        "después de terminar",
        "MEASURE": "por ciento, grados, euros, euro, pesos, dólares, kg, km, kilómetros, "
        "metros, personas, "
        "puntos, litros, gramos, kilos",
        "UNIT_DAY": "día",
        "UNIT_WEEK": "semana",
        "UNIT_MONTH": "mes",
        "UNIT_MINUTE": "minuto(|s), min",
        "GREETING": "buenos días, buen día, buenas tardes, buenas noches, buen fin de semana",
        "WITHIN": "dentro de",
        "UNIT_HOUR": "hora",
        "ON_THE": "el",
        "EVE": "víspera, vísperas",
        "YES": "sí",
        "NO": "no",
        "MORROW": "el día siguiente",
    },
    valued={
        "DATED_WEEKDAY": dict(enumerate(_WEEKDAYS[:7])),
        "MERIDIEM": {
            "am": "am, a m",
            "pm": "pm, p m",
            "dawn": "de la madrugada, de madrugada, en la madrugada, por la madrugada, "
            "a la madrugada",
            "morning": "de la mañana, por la mañana, en la mañana, a la mañana, de mañana, "
            "por las mañanas, "
            "temprano por la mañana, de la manana, por la manana",
            "lunch": "al mediodía, del mediodía",
            "afternoon": "de la tarde, por la tarde, en la tarde, a la tarde, por las tardes",
            "night": "de la noche, por la noche, en la noche, a la noche, de noche, por las noches",
        },
        "DAYPART": {
            "lunch": "con el almuerzo, en el almuerzo, con la comida, "
            "a la hora de comer, al almuerzo, después de comer, a la hora del almuerzo",
            "breakfast": "con el desayuno, en el desayuno, después de desayunar, después del desayuno",
            "dinner": "con la cena, en la cena, después de la cena, a la cena, después de cenar",
            "dawn": "al amanecer",
            "evening": "al anochecer, después del trabajo",
            "eod": "al final del día, al fin del día",
            "same": "a la misma hora, misma hora, a esta hora",
        },
        "CLOCK_SHARE": {0.25: "cuarto", 0.5: "media"},
        "SHARE": {0.5: "medi(o|a)", 0.25: "cuarto", 0.75: "tres cuartos"},
        "SOME": {
            2: "par, par de",
            3: "unos, unas, unos pocos, unas pocas, algunos, algunas, vari(os|as), unos cuantos",
        },
        "HUNDRED": {100: "cien, ciento", 1000: "mil"},
        "LENGTH": {
            (14, "day"): "quincena",
            (15, "minute"): "cuarto de hora",
            (30, "minute"): "media hora, media horita",
            (45, "minute"): "tres cuartos de hora",
        },
        "NEXT": {
            -1: "pasado, pasada, últim(o|a), anterior",
            0: "este, esta, actual, estos, estas",
            1: "próxim(o|a|os|as), que viene, que entra, siguiente, entrante, venidero, "
            "venidera, que vienen, "
            "proxim(o|a)",
        },
        "OTHER": {2: "segundo"},
        "OFTEN": {
            ("hour", 1): "cada hora",
            ("day", 1): "diariamente, a diario, cada día, todos los días",
            ("day", 2): "un día sí y otro no, día por medio, cada dos días",
            ("week", 1): "semanalmente, semanal",
            ("week", 2): "quincenalmente, quincenal, bisemanal, cada quince días",
            ("month", 1): "mensualmente, mensual",
            ("month", 2): "bimestralmente, bimestral",
            ("quarter", 1): "trimestralmente, trimestral",
            ("halfyear", 1): "semestralmente, semestral",
            ("year", 1): "anualmente, anual",
        },
        "TIMES_WORD": {1: "una vez", 2: "dos veces", 3: "tres veces", 4: "cuatro veces"},
        "END_OF": {"month": "fin de mes, final de mes", "year": "fin de año, final de año"},
        "ZONE": {0: "utc, gmt", 60: "cet", 120: "cest"},
        "SEASON": {
            3: "primavera",
            6: "verano",
            9: "otoño",
            12: "invierno",
        },
        "OUT_OF": {
            2: "sí y otro no, sí otro no, sí y otra no, de cada dos",
            3: "de cada tres",
        },
    },
    misspellings={"miercols, mircoles": "miercoles", "manyana": "manana"},
    not_misspelt="marte, marta",
    weak="ene, mar, dom, vie, jue, lun, finde, ya, ahora, reyes, pascua, navidad",
    alone=r"despi[ée]rta(?:me|nos)|alarma|temporizador",
    mornings=r"despi[ée]rt\w*|despert\w*|levantar(?:me|se|nos)?|alarma|desayun\w*",
    fillers=FILLERS,
)
