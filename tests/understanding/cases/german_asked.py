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
}
