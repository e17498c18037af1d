"""German: times that are refused, several moments at once, and asking until it is done."""

LOCALE = "de"

CASES = {
    "a minus before a time": [
        ("-5 Min Tee", "refused", None),
        ("in -5 Minuten Tee", "refused", None),
        ("Tee in −5 Min", "refused", None),
        ("- 5 Min Tee", "Tue 6 Oct 14:10", "Tee"),
        ("- Tee in 5 Min", "Tue 6 Oct 14:10", "Tee"),
    ],
    "one of several moments": [
        ("morgen um 9 oder Freitag um 10 anrufen", "? Wed 7 Oct 09:00, Fri 9 Oct 10:00", "anrufen"),
        ("morgen oder Freitag anrufen", "? Wed 7 Oct 09:00, Fri 9 Oct 09:00", "anrufen"),
        ("morgen um 9 oder 10 anrufen", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "anrufen"),
        ("um 9 oder um 10 anrufen", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "anrufen"),
        ("Seiten 9 oder 10 lesen morgen um 9", "Wed 7 Oct 09:00", "Seiten 9 oder 10 lesen"),
        ("morgen um 9 Ida oder Tom anrufen", "Wed 7 Oct 09:00", "Ida oder Tom anrufen"),
        (
            "jeden Tag um 9 und 17 Uhr Tabletten",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "Tabletten",
        ),
    ],
    "several reminders in one message": [
        ("um 17 Uhr Mama anrufen, um 19 Uhr Zahnarzt", "refused", None),
        ("am Montag um 9 Sport, am Dienstag um 10 Arzt", "refused", None),
        ("morgen Mama anrufen und Freitag Zahnarzt", "refused", None),
    ],
    "until it is done": [
        (
            "alle 15 Minuten bis erledigt Tablette nehmen",
            "Tue 6 Oct 14:20",
            "Tablette nehmen",
            {"nag": 900, "until_done": True},
        ),
        (
            "Tablette nehmen um 18 Uhr, alle 15 Minuten bis erledigt",
            "Tue 6 Oct 18:00",
            "Tablette nehmen",
            {"nag": 900, "until_done": True},
        ),
    ],
    "each of several, and what belongs to the morning": [
        (
            "jeden Morgen und Abend Zähne putzen",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "Zähne putzen",
        ),
        (
            "morgens und abends Tabletten nehmen",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "Tabletten nehmen",
        ),
        (
            "täglich morgens, mittags und abends Tropfen",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 12:00",
            "Tropfen",
        ),
        ("Tablette um 8 und 20 Uhr", "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, end", "Tablette"),
        ("morgen um 9 und 17 Uhr anrufen", "* Wed 7 Oct 09:00, Wed 7 Oct 17:00, end", "anrufen"),
        ("weck mich um 6", "Wed 7 Oct 06:00", "weck mich"),
        (
            "Zahnarzt Freitag 15 Uhr, erinnere mich am Tag davor",
            "Fri 9 Oct 15:00",
            "Zahnarzt",
            {"alerts": (86400,)},
        ),
        (
            "erinnere mich eine Stunde vor dem Zahnarzt am Freitag um 15 Uhr",
            "Fri 9 Oct 15:00",
            "dem Zahnarzt",
            {"alerts": (3600,)},
        ),
        ("nach 18 Uhr Ruth anrufen", "Tue 6 Oct 18:00", "Ruth anrufen"),
    ],
    "a number of hours": [
        ("1h Tee", "Tue 6 Oct 15:05", "Tee"),
        ("1h30 Tee", "Tue 6 Oct 15:35", "Tee"),
        ("9h Tee", "Wed 7 Oct 09:00", "Tee"),
    ],
    "the time that is asked for, and periods": [
        ("Flug morgen um 6, weck mich um 3:30", "Wed 7 Oct 03:30", "Flug morgen um 6"),
        (
            "erinnere mich um 17 Uhr an das Essen um 19 Uhr",
            "Tue 6 Oct 17:00",
            "das Essen um 19 Uhr",
        ),
        ("Termin Freitag 10 Uhr, erinnere mich um 9", "Fri 9 Oct 09:00", "Termin Freitag 10 Uhr"),
        (
            "Ende jedes Monats Miete",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "Miete",
        ),
        (
            "am letzten Tag jedes Quartals Bericht",
            "* Thu 31 Dec 09:00, Wed 31 Mar 2027 09:00, Wed 30 Jun 2027 09:00",
            "Bericht",
        ),
        (
            "jede Stunde heute trinken",
            "* Tue 6 Oct 15:05, Tue 6 Oct 16:05, Tue 6 Oct 17:05, Tue 6 Oct 18:05, Tue 6 Oct 19:05, "
            "Tue 6 Oct 20:05, Tue 6 Oct 21:05, Tue 6 Oct 22:05, Tue 6 Oct 23:05, end",
            "trinken",
        ),
        (
            "jeden Samstag im Dezember um 11 einkaufen",
            "* Sat 5 Dec 11:00, Sat 12 Dec 11:00, Sat 19 Dec 11:00, Sat 26 Dec 11:00, end",
            "einkaufen",
        ),
        (
            "ab heute jeden Tag um 9 Tabletten",
            "* Wed 7 Oct 09:00, Thu 8 Oct 09:00, Fri 9 Oct 09:00",
            "Tabletten",
        ),
        (
            "Tabletten zum Frühstück und zum Abendessen jeden Tag",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "Tabletten",
        ),
        (
            "in 20 Minuten und in einer Stunde Ofen prüfen",
            "* Tue 6 Oct 14:25, Tue 6 Oct 15:05, end",
            "Ofen prüfen",
        ),
    ],
    "twelve-hour words, and how long": [
        ("nächsten Dienstag um halb drei Zahnarzt", "Tue 13 Oct 14:30", "Zahnarzt"),
        ("um 20 nach 5 losfahren", "Tue 6 Oct 17:20", "losfahren"),
        ("fünf vor halb neun Bus", "Wed 7 Oct 08:25", "Bus"),
        ("weck mich um halb fünf", "Wed 7 Oct 04:30", "weck mich"),
        (
            "jeden Sonntagabend Wochenplanung",
            "* Sun 11 Oct 19:00, Sun 18 Oct 19:00, Sun 25 Oct 19:00",
            "Wochenplanung",
        ),
        (
            "3 Tage lang jeden Morgen Tabletten",
            "* Wed 7 Oct 09:00, Thu 8 Oct 09:00, Fri 9 Oct 09:00, end",
            "Tabletten",
        ),
    ],
}
