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
}
