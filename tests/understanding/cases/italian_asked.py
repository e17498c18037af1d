"""Italian: times that are refused, several moments at once, and asking until it is done."""

LOCALE = "it"

CASES = {
    "a minus before a time": [
        ("-5 min tè", "refused", None),
        ("tra -5 minuti tè", "refused", None),
        ("- 5 min tè", "Tue 6 Oct 14:10", "tè"),
        ("- tè tra 5 min", "Tue 6 Oct 14:10", "tè"),
    ],
    "one of several moments": [
        (
            "domani alle 9 o venerdì alle 10 chiamare",
            "? Wed 7 Oct 09:00, Fri 9 Oct 10:00",
            "chiamare",
        ),
        ("domani oppure venerdì chiamare", "? Wed 7 Oct 09:00, Fri 9 Oct 09:00", "chiamare"),
        ("chiamare alle 9 o alle 10", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "chiamare"),
        ("domani alle 9 comprare 2 o 3 mele", "Wed 7 Oct 09:00", "comprare 2 o 3 mele"),
        (
            "ogni giorno alle 9 e alle 17 pillole",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "pillole",
        ),
    ],
    "several reminders in one message": [
        ("chiamare mamma alle 17, dentista alle 19", "refused", None),
        ("alle 17 chiamare mamma, alle 19 dentista", "refused", None),
    ],
    "until it is done": [
        (
            "ogni 15 minuti finché non è fatto prendere la pillola",
            "Tue 6 Oct 14:20",
            "prendere la pillola",
            {"nag": 900, "until_done": True},
        ),
        (
            "prendere la pillola alle 18, ogni 15 minuti finché non lo faccio",
            "Tue 6 Oct 18:00",
            "prendere la pillola",
            {"nag": 900, "until_done": True},
        ),
    ],
    "each of several, and what belongs to the morning": [
        (
            "ogni mattina e sera lavarsi i denti",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "lavarsi i denti",
        ),
        (
            "prendere la pillola mattina e sera",
            "* Tue 6 Oct 19:00, Wed 7 Oct 09:00, Wed 7 Oct 19:00",
            "prendere la pillola",
        ),
        ("pillola alle 8 e alle 20", "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, end", "pillola"),
        ("svegliami domani alle 5:45", "Wed 7 Oct 05:45", "svegliami"),
        (
            "dentista venerdì alle 15, avvisami il giorno prima",
            "Fri 9 Oct 15:00",
            "dentista",
            {"alerts": (86400,)},
        ),
        ("prima delle 17 spedire il pacco", "Tue 6 Oct 17:00", "spedire il pacco"),
        ("dopo le 18 chiamare Ruth", "Tue 6 Oct 18:00", "chiamare Ruth"),
    ],
    "the time that is asked for, and periods": [
        ("volo domani alle 6, svegliami alle 3:30", "Wed 7 Oct 03:30", "volo domani alle 6"),
        (
            "riunione venerdì alle 10, avvisami alle 9",
            "Fri 9 Oct 09:00",
            "riunione venerdì alle 10",
        ),
        (
            "alla fine di ogni mese affitto",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "affitto",
        ),
        (
            "ogni ora oggi bere",
            "* Tue 6 Oct 15:05, Tue 6 Oct 16:05, Tue 6 Oct 17:05, Tue 6 Oct 18:05, Tue 6 Oct 19:05, "
            "Tue 6 Oct 20:05, Tue 6 Oct 21:05, Tue 6 Oct 22:05, Tue 6 Oct 23:05, end",
            "bere",
        ),
        (
            "pillola a colazione e a cena ogni giorno",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "pillola",
        ),
    ],
}
