"""Portuguese: times that are refused, several moments at once, and asking until it is done."""

LOCALE = "pt"

CASES = {
    "a minus before a time": [
        ("-5 min chá", "refused", None),
        ("em -5 minutos chá", "refused", None),
        ("- 5 min chá", "Tue 6 Oct 14:10", "chá"),
        ("- chá em 5 min", "Tue 6 Oct 14:10", "chá"),
    ],
    "one of several moments": [
        ("amanhã às 9 ou sexta às 10 ligar", "? Wed 7 Oct 09:00, Fri 9 Oct 10:00", "ligar"),
        ("amanhã ou sexta ligar", "? Wed 7 Oct 09:00, Fri 9 Oct 09:00", "ligar"),
        ("ligar às 9 ou às 10", "? Wed 7 Oct 09:00, Wed 7 Oct 10:00", "ligar"),
        ("amanhã às 9 comprar 2 ou 3 maçãs", "Wed 7 Oct 09:00", "comprar 2 ou 3 maçãs"),
        (
            "todos os dias às 9 e às 17 remédio",
            "* Tue 6 Oct 17:00, Wed 7 Oct 09:00, Wed 7 Oct 17:00",
            "remédio",
        ),
        ("sexta às 10 ligar", "Fri 9 Oct 10:00", "ligar"),
        ("segunda às 9 ligar", "Mon 12 Oct 09:00", "ligar"),
    ],
    "several reminders in one message": [
        ("ligar para a mãe às 17h, dentista às 19h", "refused", None),
        ("às 17h ligar para a mãe, às 19h dentista", "refused", None),
    ],
    "until it is done": [
        (
            "a cada 15 minutos até feito tomar remédio",
            "Tue 6 Oct 14:20",
            "tomar remédio",
            {"nag": 900, "until_done": True},
        ),
        (
            "tomar remédio às 18, a cada 15 minutos até ser feito",
            "Tue 6 Oct 18:00",
            "tomar remédio",
            {"nag": 900, "until_done": True},
        ),
    ],
    "each of several, and what belongs to the morning": [
        (
            "toda manhã e noite escovar os dentes",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 22:00",
            "escovar os dentes",
            {"clock": 12},
        ),
        (
            "tomar o comprimido manhã e noite",
            "* Tue 6 Oct 22:00, Wed 7 Oct 09:00, Wed 7 Oct 22:00",
            "tomar o comprimido",
            {"clock": 12},
        ),
        (
            "comprimido às 8 e às 20",
            "* Tue 6 Oct 20:00, Wed 7 Oct 08:00, end",
            "comprimido",
            {"clock": 12},
        ),
        ("me acorda amanhã às 5:45", "Wed 7 Oct 05:45", "me acorda", {"clock": 12}),
        (
            "dentista sexta às 15h, me avise um dia antes",
            "Fri 9 Oct 15:00",
            "dentista",
            {"clock": 12, "alerts": (86400,)},
        ),
        ("antes das 17 enviar o pacote", "Tue 6 Oct 17:00", "enviar o pacote", {"clock": 12}),
        ("depois das 18 ligar para Ruth", "Tue 6 Oct 18:00", "ligar para Ruth", {"clock": 12}),
    ],
    "the time that is asked for, and periods": [
        ("voo amanhã às 6, me acorde às 3:30", "Wed 7 Oct 03:30", "voo amanhã às 6"),
        ("me lembre às 17 do jantar às 19", "Tue 6 Oct 17:00", "jantar às 19"),
        (
            "no fim de cada mês aluguel",
            "* Sat 31 Oct 09:00, Mon 30 Nov 09:00, Thu 31 Dec 09:00",
            "aluguel",
        ),
        (
            "todo sábado de dezembro às 11 compras",
            "* Sat 5 Dec 11:00, Sat 12 Dec 11:00, Sat 19 Dec 11:00, Sat 26 Dec 11:00, end",
            "compras",
        ),
        (
            "comprimido no café da manhã e no jantar todos os dias",
            "* Tue 6 Oct 19:00, Wed 7 Oct 08:00, Wed 7 Oct 19:00",
            "comprimido",
        ),
    ],
}
