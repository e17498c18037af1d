"""Portuguese words of time."""

from reminders.when.fillers.pt import FILLERS
from reminders.when.table import Table

_ONES = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze"
_ONES += " dezesseis dezessete dezoito dezenove"
_TENS = {20: "vinte", 30: "trinta", 40: "quarenta", 50: "cinquenta", 60: "sessenta", 70: "setenta",
         80: "oitenta", 90: "noventa"}  # fmt: skip
_ORDERS = "primeir segund terceir quart quint sext sétim oitav non décim"


def _numbers() -> dict[float, str]:
    words: dict[float, str] = dict(enumerate(_ONES.split()))
    for ten, name in _TENS.items():
        words[ten] = name
        words |= {ten + n: f"{name} e {words[n]}" for n in range(1, 10)}
    words |= {
        21: "vinte e um, vinte e uma",
        22: "vinte e dois, vinte e duas",
        14: "quatorze, catorze",
    }
    words |= {16: "dezesseis, dezasseis", 17: "dezessete, dezassete"}
    return words | {1: "um, uma", 2: "dois, duas",
                    19: "dezenove, dezanove", 12: "doze, uma dúzia de"}  # fmt: skip


_WEEKDAYS = (
    "segunda feira, segunda, seg, 2a feira",
    "terça feira, terça, ter",
    "quarta feira, quarta, qua",
    "quinta feira, quinta, qui",
    "sexta feira, sexta, sex",
    "sábado, sáb",
    "domingo, dom",
    "",
    "",
    "fim de semana, final de semana",
)

TABLE = Table(
    code="pt",
    numbers=_numbers(),
    ordinals={n: f"{stem}(o|a|os|as)" for n, stem in enumerate(_ORDERS.split(), 1)}
    | {-2: "penúltim(o|a)"},
    ordinal_suffixes="o|a|ro|ra",
    units={
        "second": "segundo(|s), seg",
        "minute": "minuto(|s), min, mins, minutinho, minutinhos",
        "hour": "hora(|s), horinha",
        "day": "dia(|s)",
        "workday": "dia útil, dias úteis",
        "weekend": "fim de semana, fins de semana, final de semana, finais de semana",
        "week": "semana(|s)",
        "month": "mês, meses",
        "quarter": "trimestre(|s)",
        "halfyear": "semestre(|s)",
        "year": "ano(|s)",
        "decade": "década(|s)",
        "century": "século(|s)",
    },
    glued_units={"second": "s", "minute": "m", "hour": "h", "day": "d"},
    weekdays=_WEEKDAYS,
    weekday_plurals=(
        "segundas, segundas feiras, as segundas, às segundas",
        "terças, terças feiras, às terças",
        "quartas, quartas feiras, às quartas",
        "quintas, quintas feiras, às quintas",
        "sextas, sextas feiras, às sextas",
        "sábados, aos sábados",
        "domingos, aos domingos",
        "",
        "dias úteis, nos dias úteis, dias de semana, durante a semana, em dias úteis",
        "fins de semana, finais de semana, aos fins de semana, nos fins de semana, "
        "aos finais de semana",
    ),
    months=(
        "janeiro, jan",
        "fevereiro, fev",
        "março, mar",
        "abril, abr",
        "maio, mai",
        "junho, jun",
        "julho, jul",
        "agosto, ago",
        "setembro, set",
        "outubro, out",
        "novembro, nov",
        "dezembro, dez",
    ),
    days={
        0: "hoje, hoje mesmo, dia de hoje, mais tarde hoje",
        1: "amanhã, amanha, dia seguinte, no dia seguinte",
        2: "depois de amanhã, depois de amanha, dia depois de amanhã, o dia depois de amanhã",
        -1: "ontem",
        -2: "anteontem, antes de ontem",
    },
    parts={
        "dawn": "madrugada, amanhecer",
        "morning": "manhã, manha, manhãzinha",
        "lunch": "almoço",
        "afternoon": "tarde, tardinha",
        "evening": "anoitecer, noitinha",
        "night": "noite",
    },
    today_parts={
        "morning": "esta manhã, hoje de manhã, hoje pela manhã, nesta manhã, hoje cedo",
        "afternoon": "esta tarde, hoje à tarde, hoje de tarde, nesta tarde",
        "tonight": "esta noite, hoje à noite, hoje de noite, nesta noite, essa noite",
        "dawn": "esta madrugada, hoje de madrugada",
    },
    part_plurals={
        "morning": "manhãs, as manhãs, todas as manhãs",
        "afternoon": "tardes, todas as tardes",
        "night": "noites, todas as noites",
    },
    clocks={(12, 0, ""): "meio dia, meiodia", (0, 0, "midnight"): "meia noite"},
    holidays={
        (1, 1): "ano novo, dia de ano novo",
        (2, 14): "dia de são valentim",
        (4, 21): "tiradentes",
        (4, 25): "dia da liberdade",
        (5, 1): "dia do trabalho, dia do trabalhador",
        (6, 12): "dia dos namorados",
        (9, 7): "dia da independência",
        (10, 12): "nossa senhora aparecida, dia das crianças",
        (10, 31): "halloween, dia das bruxas",
        (11, 2): "finados, dia de finados",
        (12, 24): "véspera de natal",
        (12, 25): "natal, dia de natal",
        (12, 31): "véspera de ano novo, réveillon, reveillon",
        ("easter", 0): "páscoa, domingo de páscoa",
        ("easter", -2): "sexta feira santa, sexta santa",
        ("easter", -47): "carnaval",
        (5, 2, 6): "dia das mães",
        (5, 1, 6): "dia da mãe",
        (8, 2, 6): "dia dos pais",
        (3, 19): "dia do pai",
        ("easter", -48): "segunda feira de carnaval",
        ("easter", -46): "quarta feira de cinzas",
        ("easter", -7): "domingo de ramos, semana santa",
        ("easter", 60): "corpus christi",
        (11, 15): "proclamação da república",
        (11, 1): "todos os santos, dia de todos os santos",
        (3, 8): "dia da mulher",
        (6, 24): "são joão",
        (11, 20): "dia da consciência negra",
        (4, 1): "dia da mentira",
        (1, 6): "dia de reis",
        (6, 10): "dia de portugal",
        (10, 15): "dia dos professores",
        ("easter", -3): "quinta feira santa",
    },
    classes={
        "AT": "às, antes das, depois das, as, à, ao, a partir das, por volta das, pelas, para as, por volta da, "
        "lá pelas, ao, das, a",
        "ON": "no, na, em, o, a, nos, nas, para, dia, no dia, ao, para o, para a, pra, esta, "
        "deste, neste, "
        "nesta, do, da, aos, de, este",
        "BY": "para, antes de, antes do",
        "IN": "em, dentro de, daqui a, após, depois de, daqui, dali a, no, na, nos, nas, "
        "passados, daqui em",
        "OF": "de, do, da, em, no, na, d, desta, deste, dos, das",
        "FOR": "para, por, durante, pra",
        "FROM": "de, das, desde, do, da, a partir de, dos, desde as",
        "BETWEEN": "entre, entre as",
        "OR": "ou",
        "THE": "o, a, os, as",
        "A": "um, uma",
        "AND": "e",
        "TO": "para, para as, para a, para o, pras, pra, antes das, para ao",
        "UPTO": "a, à, às, ao, até, até as, até às, as",
        "PAST": "depois das, após as, passadas das, passado das",
        "HOUR_AND": "e",
        "HOUR_LESS": "menos",
        "ABOUT": "aproximadamente, cerca de, mais ou menos, por volta de, uns, umas, em ponto, "
        "exatamente, quase, "
        "em torno de, em torno das, aprox, só",
        "OCLOCK": "em ponto",
        "HOURMARK": "h, hora(|s), hr, hrs",
        "MORE": "mais",
        "AFTER": "depois de, após, depois do, depois da",
        "BEFORE": "antes, antes de, antes do, antes da, antes das, de antecedência, "
        "com antecedência",
        "FINAL": "último, última, ultimo",
        "FROM_TODAY": "a partir de hoje, desde hoje",
        "HENCE": "mais tarde, depois, a partir de agora, a partir de hoje, desde agora, "
        "de agora, a contar de hoje",
        "AGO": "atrás",
        "AGO_FIRST": "há, faz",
        "PLUS": "mais",
        "DAYMARKS": "dias, nos dias, os dias, aos dias",
        "TIMER": "temporizador, timer, cronômetro",
        "NOW": "agora, agora mesmo, já, imediatamente, neste momento",
        "EVERY": "cada, a cada, todo, toda, todos os, todas as, todo o, toda a, todos, todas, "
        "em cada",
        "TIMES": "vezes, vez, ocorrências, repetições",
        "PER": "por, ao, à, a cada",
        "EXCEPT": "exceto, menos, salvo, exceto aos",
        "UNTIL": "até, até o, até ao, até a, até às, até que, até dia, até o dia",
        "STARTING": "a partir de, a partir do, a partir da, começando, começando em, "
        "começando no, começando na, "
        "desde, iniciando, iniciando em, a começar",
        "END": "fim, final, o fim, o final, fins, finais",
        "START": "início, começo, o início, o começo",
        "MID": "meados, meados de, meio",
        "DAYMARK": "dia, no dia, o dia",
        "NAG": "insista, insiste",
        "UNTIL_DONE": "até ser feito, até estar feito, até eu dizer feito, "
        "até que eu diga feito, até eu fazer, "
        "até que esteja feito, até eu terminar, "
        "até feito, até concluir, até eu confirmar, até que eu faça, até estar concluído",
        "URGENT": "urgente, importante",
        "DAY_BEFORE": "no dia anterior, o dia anterior, um dia antes, no dia antes, na véspera, de véspera",
        "ALERT": "me acorde, me acorda, acorde me, acorda me, "
        "lembre, lembra, lembrar, lembre me, me lembre, avise, avisar, me avise, "
        "lembrete, alerta",
        "AFTER_DONE": "depois de feito, após feito, depois de fazer, após concluir, "
        "depois de concluído, "
        "após a conclusão, depois de terminar",
        "MEASURE": "por cento, porcento, graus, euros, euro, reais, real, kg, km, quilômetros, "
        "metros, pessoas, "
        "pontos, dólares, litros, gramas, quilos",
        "UNIT_DAY": "dia",
        "UNIT_WEEK": "semana",
        "UNIT_MONTH": "mês",
        "UNIT_MINUTE": "minuto(|s), min",
        "GREETING": "bom dia, boa tarde, boa noite, bom fim de semana, boa madrugada",
        "WITHIN": "dentro de",
        "UNIT_HOUR": "hora",
        "EVE": "véspera",
        "YES": "sim",
        "NO": "não",
        "MORROW": "dia seguinte, no dia seguinte",
    },
    valued={
        "DATED_WEEKDAY": dict(enumerate(_WEEKDAYS[:7])),
        "MERIDIEM": {
            "am": "am, a m",
            "pm": "pm, p m",
            "dawn": "da madrugada, de madrugada, na madrugada, pela madrugada",
            "morning": "da manhã, de manhã, pela manhã, na manhã, da manha, de manha, "
            "na parte da manhã, pela manha",
            "lunch": "no almoço, na hora do almoço",
            "afternoon": "da tarde, à tarde, de tarde, na tarde, pela tarde, na parte da tarde, "
            "a tarde",
            "night": "da noite, à noite, de noite, na noite, pela noite, a noite",
        },
        "DAYPART": {
            "lunch": "no almoço, depois do almoço, ao almoço, após o almoço, na hora de almoço",
            "breakfast": "no café da manhã, ao pequeno almoço, depois do café da manhã",
            "dinner": "ao jantar, no jantar, depois do jantar",
            "dawn": "ao amanhecer",
            "evening": "ao anoitecer, depois do trabalho",
            "eod": "no fim do dia, ao fim do dia, no final do dia, ao final do dia, "
            "até o fim do dia",
            "same": "à mesma hora, na mesma hora, mesma hora, a esta hora, neste horário, "
            "no mesmo horário",
        },
        "CLOCK_SHARE": {0.25: "quarto", 0.5: "meia"},
        "SHARE": {0.5: "mei(o|a)", 0.25: "quarto, quarto de", 0.75: "três quartos"},
        "SOME": {
            2: "par, par de, casal de",
            3: "alguns, algumas, poucos, poucas, vári(os|as), uns poucos",
        },
        "HUNDRED": {100: "cem, cento", 1000: "mil"},
        "LENGTH": {
            (30, "minute"): "meia hora, meia horinha",
            (15, "minute"): "quarto de hora",
            (45, "minute"): "três quartos de hora",
            (14, "day"): "quinzena",
        },
        "NEXT": {
            -1: "passad(o|a), últim(o|a), anterior, retrasad(o|a)",
            0: "este, esta, neste, nesta, deste, desta, atual, corrente, esse, essa, nesse, "
            "nessa, desse, dessa",
            1: "próxim(o|a|os|as), que vem, seguinte, vindour(o|a), que vêm, proxim(o|a), "
            "que chega",
        },
        "OTHER": {2: "dois, duas, outro, outra"},
        "OFTEN": {
            ("hour", 1): "de hora em hora",
            ("day", 1): "diariamente, todos os dias",
            ("day", 2): "dia sim dia não, dia sim e dia não, em dias alternados, a cada dois dias",
            ("week", 1): "semanalmente, semanal",
            ("week", 2): "quinzenalmente, quinzenal, a cada quinze dias",
            ("month", 1): "mensalmente, mensal",
            ("month", 2): "bimestralmente, bimestral",
            ("quarter", 1): "trimestralmente, trimestral",
            ("halfyear", 1): "semestralmente, semestral",
            ("year", 1): "anualmente, anual",
        },
        "TIMES_WORD": {1: "uma vez", 2: "duas vezes", 3: "três vezes", 4: "quatro vezes"},
        "END_OF": {
            "month": "fim do mês, final do mês, fim de mês",
            "year": "fim do ano, final do ano, fim de ano",
        },
        "ZONE": {0: "utc, gmt", -180: "brt"},
        "SEASON": {
            3: "primavera",
            6: "verão",
            9: "outono",
            12: "inverno",
        },
    },
    misspellings={"amanhan, amnha": "amanha"},
    weak="seg, ter, qua, qui, sex, dom, mar, set, fim de semana, agora, já, natal, páscoa, "
    "carnaval, segunda, quarta, "
    "quinta, sexta, almoço",
    alone=r"me acord[ae]|acord[ae][- ]me|alarme|temporizador|timer",
    mornings=r"acord(?:a|ar|e)(?:-me|-nos)?|despert\w*|levantar(?:-me)?|alarme|café da manhã|pequeno[ -]almoço",
    fillers=FILLERS,
)
