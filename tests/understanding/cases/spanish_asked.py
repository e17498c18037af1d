"""Spanish: times that are refused, several moments at once, and asking until it is done."""

LOCALE = "es"

CASES = {
    "a minus before a time": [
        ("-5 min té", "refused", None),
        ("en -5 minutos té", "refused", None),
        ("- 5 min té", "Tue 6 Oct 14:10", "té"),
        ("- té en 5 min", "Tue 6 Oct 14:10", "té"),
    ],
    "one of several moments": [
        (
            "mañana a las 9 o el viernes a las 10 llamar",
            "? Wed 7 Oct 09:00, Fri 9 Oct 10:00",
            "llamar",
        ),
        ("mañana o el viernes llamar", "? Wed 7 Oct 09:00, Fri 9 Oct 09:00", "llamar"),
        ("llamar a las 9 o a las 10", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "llamar"),
        ("mañana a las 9 comprar 2 o 3 manzanas", "Wed 7 Oct 09:00", "comprar 2 o 3 manzanas"),
        (
            "todos los días a las 9 y a las 17 pastillas",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "pastillas",
        ),
    ],
    "several reminders in one message": [
        ("llamar a mamá a las 17, dentista a las 19", "refused", None),
        ("a las 17:00 llamar a mamá, a las 19:00 dentista", "refused", None),
    ],
    "until it is done": [
        (
            "cada 15 minutos hasta hacerlo tomar pastilla",
            "Tue 6 Oct 14:20",
            "tomar pastilla",
            {"nag": 900, "until_done": True},
        ),
        (
            "tomar pastilla a las 18, cada 15 minutos hasta que lo haga",
            "Tue 6 Oct 18:00",
            "tomar pastilla",
            {"nag": 900, "until_done": True},
        ),
    ],
    "each of several, and what belongs to the morning": [
        (
            "todas las mañanas y noches cepillarme los dientes",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 22:00",
            "cepillarme los dientes",
            {"clock": 12},
        ),
        (
            "pastilla a las 8 y a las 20",
            "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, end",
            "pastilla",
            {"clock": 12},
        ),
        ("despiértame a las 6", "? Tue 6 Oct 18:00, Wed 7 Oct 06:00", "despiértame", {"clock": 12}),
        ("despiértame mañana a las 5:45", "Wed 7 Oct 05:45", "despiértame", {"clock": 12}),
        (
            "dentista viernes 15:00, avísame el día antes",
            "Fri 9 Oct 15:00",
            "dentista",
            {"clock": 12, "alerts": (86400,)},
        ),
        (
            "avísame una hora antes del dentista el viernes a las 15",
            "Fri 9 Oct 15:00",
            "dentista",
            {"clock": 12, "alerts": (3600,)},
        ),
        (
            "antes de las 17 enviar el paquete",
            "Tue 6 Oct 17:00",
            "enviar el paquete",
            {"clock": 12},
        ),
        ("después de las 18 llamar a Ruth", "Tue 6 Oct 18:00", "llamar a Ruth", {"clock": 12}),
    ],
    "a number of hours": [
        ("2 horas té", "Tue 6 Oct 16:05", "té"),
        ("a las 2h té", "Wed 7 Oct 02:00", "té"),
    ],
    "the time that is asked for, and periods": [
        ("vuelo mañana a las 6, despiértame a las 3:30", "Wed 7 Oct 03:30", "vuelo mañana a las 6"),
        (
            "reunión el viernes a las 10, avísame a las 9",
            "Fri 9 Oct 09:00",
            "reunión el viernes a las 10",
        ),
        (
            "a fin de cada mes alquiler",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "alquiler",
        ),
        (
            "cada día esta semana a las 17:30 salir",
            "* Tue 6 Oct 17:30, Wed 7 Oct 17:30, Thu 8 Oct 17:30, Fri 9 Oct 17:30, Sat 10 Oct 17:30, "
            "Sun 11 Oct 17:30, end",
            "salir",
        ),
        (
            "pastilla con el desayuno y con la cena cada día",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "pastilla",
        ),
    ],
}
