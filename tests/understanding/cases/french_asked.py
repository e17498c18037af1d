"""French: times that are refused, several moments at once, and asking until it is done."""

LOCALE = "fr"

CASES = {
    "a minus before a time": [
        ("-5 min thé", "refused", None),
        ("dans -5 minutes thé", "refused", None),
        ("-5h thé", "refused", None),
        ("- 5 min thé", "Tue 6 Oct 14:10", "thé"),
        ("- thé dans 5 min", "Tue 6 Oct 14:10", "thé"),
    ],
    "one of several moments": [
        ("demain à 9h ou vendredi à 10h appeler", "? Wed 7 Oct 09:00, Fri 9 Oct 10:00", "appeler"),
        ("demain ou vendredi appeler", "? Wed 7 Oct 09:00, Fri 9 Oct 09:00", "appeler"),
        ("demain à 9h ou à 10h appeler", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "appeler"),
        ("demain à 9h acheter 2 ou 3 pommes", "Wed 7 Oct 09:00", "acheter 2 ou 3 pommes"),
        (
            "tous les jours à 9h et 17h pilules",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "pilules",
        ),
    ],
    "several reminders in one message": [
        ("appeler maman à 17h, dentiste à 19h", "refused", None),
        ("à 17h appeler maman, à 19h dentiste", "refused", None),
    ],
    "until it is done": [
        (
            "toutes les 15 minutes jusqu'à ce que ce soit fait prendre le cachet",
            "Tue 6 Oct 14:20",
            "prendre le cachet",
            {"nag": 900, "until_done": True},
        ),
        (
            "prendre le cachet à 18h, toutes les 15 minutes tant que ce n'est pas fait",
            "Tue 6 Oct 18:00",
            "prendre le cachet",
            {"nag": 900, "until_done": True},
        ),
    ],
    "each of several, and what belongs to the morning": [
        (
            "tous les matins et soirs se brosser les dents",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "se brosser les dents",
        ),
        (
            "matin et soir prendre le médicament",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "prendre le médicament",
        ),
        (
            "chaque jour matin, midi et soir gouttes",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 12:00",
            "gouttes",
        ),
        ("médicament à 8h et 20h", "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, end", "médicament"),
        ("réveille-moi à 6h", "Wed 7 Oct 06:00", "réveille-moi"),
        (
            "dentiste vendredi à 15h, rappelle-moi la veille",
            "Fri 9 Oct 15:00",
            "dentiste",
            {"alerts": (86400,)},
        ),
        (
            "rappelle-moi une heure avant le dentiste vendredi à 15h",
            "Fri 9 Oct 15:00",
            "le dentiste",
            {"alerts": (3600,)},
        ),
        ("après 18h appeler Ruth", "Tue 6 Oct 18:00", "appeler Ruth"),
        ("avant 17h poster le colis", "Tue 6 Oct 17:00", "poster le colis"),
    ],
    "a number of hours": [
        ("1h thé", "Tue 6 Oct 15:05", "thé"),
        ("1h30 thé", "Tue 6 Oct 15:35", "thé"),
        ("9h thé", "Wed 7 Oct 09:00", "thé"),
        ("à 1h thé", "Wed 7 Oct 01:00", "thé"),
        ("demain 6h thé", "Wed 7 Oct 06:00", "thé"),
        ("6h réveil", "Wed 7 Oct 06:00", "réveil"),
    ],
    "the time that is asked for, and periods": [
        ("vol demain à 6h, réveille-moi à 3h30", "Wed 7 Oct 03:30", "vol demain à 6h"),
        ("réunion vendredi à 10h, rappelle-moi à 9h", "Fri 9 Oct 09:00", "réunion vendredi à 10h"),
        (
            "fin de chaque mois loyer",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "loyer",
        ),
        (
            "tous les jours cette semaine à 17h30 partir",
            "* Tue 6 Oct 17:30, Wed 7 Oct 17:30, Thu 8 Oct 17:30, Fri 9 Oct 17:30, Sat 10 Oct 17:30, "
            "Sun 11 Oct 17:30, end",
            "partir",
        ),
        (
            "tous les samedis de décembre à 11h courses",
            "* Sat 5 Dec 11:00, Sat 12 Dec 11:00, Sat 19 Dec 11:00, Sat 26 Dec 11:00, end",
            "courses",
        ),
        (
            "médicament au petit déjeuner et au dîner tous les jours",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "médicament",
        ),
    ],
}
