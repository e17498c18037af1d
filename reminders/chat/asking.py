"""Answer what people ask about what is to come: "what do I have tomorrow?", "show my reminders"."""

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from conversations.models import Chat
from conversations.replies import Button, Reply
from conversations.router import Incoming
from reminders.chat import create, forecast, manage, questions
from reminders.chat.exchange import Card, show
from reminders.localise import day_in
from reminders.models import Reminder
from reminders.when.meaning import Kind

MOST = 30  # lines of a day
MOST_TIMES = 4  # of one reminder in its line
# Whole messages, each as a regular expression; @ is where the day may stand.
_QUESTIONS = {
    "en": (
        r"what(?:'s|’s|s| is| are)? (?:(?:on )?my "
        r"(?:reminders|schedule|agenda|plans?|list)|next|up next|up|on|due|planned|"
        r"scheduled|coming up|happening)(?: for| on)? ?@",
        r"what(?: else)? (?:do i have|have i got|do i need to do|must i do)"
        r"(?: to do| planned| scheduled| coming up"
        r"| due| on)?(?: for| on)? ?@",
        r"(?:do i have|have i got|is there|are there) (?:anything|any reminders|something)"
        r"(?: planned| scheduled"
        r"| due| to do| coming up| on)?(?: for| on)? ?@",
        r"(?:show|list|give|tell|display)(?: me)?(?: all)?(?: of)?(?: my| the)? "
        r"(?:reminders|schedule|agenda|list)"
        r"(?: for| on)? ?@",
        r"(?:my |all )?(?:my )?(?:reminders|agenda)(?: for| on)? ?@", "list",
    ),
    "de": (
        r"was (?:habe?|hab) ich @(?: noch)?(?: so)?(?: vor| geplant| zu tun| zu erledigen| an terminen)?",
        r"was (?:steht|liegt) @(?: noch)?(?: so)? an", r"was kommt (?:als nächstes|noch)",
        r"(?:zeige?|liste)(?: mir)?(?: alle)?(?: meine| die)? (?:erinnerungen|termine|liste)(?: für)? ?@",
        r"welche (?:erinnerungen|termine) habe? ich(?: noch)? ?@",
        r"(?:meine |alle )?(?:meine )?(?:erinnerungen|termine)(?: für)? ?@", "liste",
    ),
    "es": (
        r"qué tengo(?: que hacer| pendiente| planeado| programado)?(?: para)? ?@", r"qué "
        r"(?:sigue|viene|hay)(?: para)? ?@",
        r"(?:mu[eé]strame|ens[eé]ñame|muestra|dame|lista)(?: todos)?(?: mis| los)? recordatorios"
        r"(?: de| para)? ?@",
        r"(?:cuáles son )?(?:todos )?mis recordatorios(?: de| para)? ?@", "lista",
    ),
    "fr": (
        r"(?:qu['’]est[- ]ce que j['’]ai|qu['’]ai[- ]je|j['’]ai quoi)"
        r"(?: de prévu| à faire| au programme)?(?: pour)? ?@",
        r"(?:montre|affiche|donne|liste)(?:[- ]moi)?(?: tous)?(?: mes| les) rappels(?: de| pour)? ?@",
        r"(?:quels sont )?(?:tous )?mes rappels(?: de| pour)? ?@", "liste",
    ),
    "it": (
        r"(?:che )?cosa (?:ho|c['’]è)(?: da fare| in programma)?(?: per)? ?@",
        r"(?:mostrami|mostra|dammi|elenca)(?: tutti)?(?: i)?(?: miei)? promemoria(?: di| per)? ?@",
        r"(?:quali sono )?(?:tutti )?i miei promemoria(?: di| per)? ?@", "lista|elenco",
    ),
    "pt": (
        r"o que (?:eu )?tenho(?: para fazer| pra fazer| marcado| agendado)?(?: para| pra)? ?@",
        r"(?:me )?(?:mostr[ae]|list[ae]|dê)(?:[- ]me)?(?: todos)?(?: os)?(?: meus)? lembretes(?: de| para)? ?@",
        r"(?:quais são )?(?:todos )?(?:os )?meus lembretes(?: de| para)? ?@", "lista",
    ),
    "ru": (
        r"что у меня(?: есть| запланировано| по плану)?(?: на)? ?@", r"что "
        r"(?:запланировано|дальше|предстоит)(?: на)? ?@",
        r"(?:покажи|список|выведи)(?: мне)?(?: все)?(?: мои| мой| моих)? ?"
        r"(?:напоминания|напоминаний|список)(?: на)? ?@",
        r"(?:какие у меня|все|мои|все мои) напоминания(?: на)? ?@", "список",
    ),
}  # fmt: skip
# Spans of several days are shown as the whole list, which is grouped by days.
_SPANS = re.compile(r"week|month|woche|monat|seman|m[eê]s|semaine|mois|settiman|недел|месяц", re.I)


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Answer a question about what is to come; None for any other words."""
    if incoming.command or not chat.is_private:
        return None
    asked = _day_asked(chat, incoming)
    if asked is None:
        return None
    card = day_card(chat, asked) if asked else manage.list_card(chat, incoming.now)
    return Reply([*show(incoming, card)])


def _day_asked(chat: Chat, incoming: Incoming) -> date | Literal[""] | None:
    """Return the day that is asked about, "" for all that is to come, None where nothing is."""
    words = " ".join(incoming.arguments.split()).casefold().rstrip("?!. ¿¡").lstrip("¿¡ ")
    match = _pattern(chat.language).fullmatch(words) if len(words) < 100 else None
    if match is None:
        return None
    day = next((found.strip() for found in match.groups() if found), "")
    if not day or _SPANS.search(day):
        return ""
    meaning = create.read(chat, day, incoming.now)
    if meaning.subject or meaning.kind is not Kind.INSTANT or meaning.due is None:
        return None  # "my list tomorrow buy milk" is something to be reminded of
    return meaning.due.date() if chat.timezone else ""


@lru_cache(maxsize=8)
def _pattern(language: str) -> re.Pattern[str]:
    """Return the questions of a language and of English, which many write."""
    known = {*_QUESTIONS["en"], *_QUESTIONS.get(language, ())}
    return re.compile("|".join(words.replace("@", "(.*?)") for words in sorted(known)))


def day_card(chat: Chat, day: date) -> Card:
    """Return all that comes on a day in the chat's zone, of what repeats each time of that day."""
    zone = ZoneInfo(chat.timezone)
    begin, end = day_in(zone, day)
    rows = Reminder.objects.filter(chat=chat, state=Reminder.State.ACTIVE, due_at__lt=end)
    found = [(one, forecast.between(one, begin, end)) for one in rows]
    entries = sorted(((r, times) for r, times in found if times), key=lambda e: e[1][0].due)
    context: dict[str, Any] = {
        "chat": chat,
        "day": datetime.combine(day, time(12), zone),
        "entries": [
            (r, times[:MOST_TIMES], len(times) > MOST_TIMES) for r, times in entries[:MOST]
        ],
        "rest": max(0, len(entries) - MOST),
    }
    numbers = [Button(str(r.number), f"r1:card:{r.pk}") for r, _ in entries[: manage.PAGE]]
    return Card("reminders/day", context, questions.packed(numbers, manage.MOST_IN_A_ROW))
