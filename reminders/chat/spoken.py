"""Take commands said in plain words: "delete 3", "snooze 1h", "done", "move the exam to friday 10", "help"."""

import re
from collections.abc import Callable
from dataclasses import replace

from conversations.models import Chat
from conversations.replies import Reply, say
from conversations.router import Incoming, router
from reminders.chat import acting, create, delivered, edit, finding, manage, takingback
from reminders.chat.exchange import show
from reminders.models import Reminder
from reminders.when.meaning import Kind

LONGEST = 200  # characters of a command; more is something to be reminded of

# Whole messages, in the languages of the chat, as regular expressions.
_PLAIN = {
    "help": r"help(?: me)?|commands|what can you do|how (?:does this|do you) work|hilfe|was kannst du|ayuda"
    r"|qu[eé] (?:puedes|sabes) hacer|aide|que (?:peux|sais)[- ]tu faire|aiuto|(?:che )?cosa (?:puoi|sai) fare"
    r"|ajuda|o que voc[eê] (?:faz|pode fazer|sabe fazer)|помощь|помоги|что ты (?:умеешь|можешь)",
    "start": r"hello|hi|hey|hi there|hey there|good (?:morning|afternoon|evening)|hallo|moin|servus"
    r"|guten (?:tag|morgen"
    r"|abend)|hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|buenas|bonjour|bonsoir|salut|coucou|ciao"
    r"|salve|buongiorno"
    r"|buonasera|ol[aá]|oi|bom dia|boa (?:tarde|noite)|привет|здравствуйте?|добрый (?:день|вечер)|доброе утро",
    "settings": r"(?:my )?settings|einstellungen|ajustes|configuraci[oó]n|r[eé]glages|param[eè]tres|impostazioni"
    r"|configura[cç][oõ]es|настройки",
    "cancel": r"cancel|never ?mind|forget it|abbrechen|vergiss es|cancelar|olv[ií]dalo|annuler"
    r"|laisse tomber|annulla"
    r"|lascia stare|deixa(?: pra l[aá])?|отмена|неважно",
}  # fmt: skip
_UNDO = (
    r"undo(?: that| it)?|take that back|(?:mach das )?rückgängig(?: machen)?|deshacer|deshazlo|défaire"
    r"|annule [cç]a"
    r"|annulla l['’]ultima|desfazer|desfa[çz]a?(?: isso)?|верни(?: назад| как было)?|отмени это"
)
_DONE = delivered.DONE_WORDS - {"ok", "okay", "👍"} | {
    "all done", "it's done", "it’s done", "i did it", "did it", "i took it", "took it", "taken",
    "habe ich gemacht", "ist erledigt", "ya está", "lo hice", "c'est fait", "c’est fait", "l'ho fatto",
    "l’ho fatto", "já fiz", "tá feito", "сделал", "сделала", "принял", "приняла", "выполнено",
}  # fmt: skip
# What comes before numbers, names and times.
_DELETE = (
    r"delete|remove|cancel|drop|lösch(?:e|en)?|entferne|borra|elimina|cancela|quita|supprime|annule|efface"
    r"|cancella|apag(?:a|ue)|exclu[ia]|удали(?:ть)?|убери|отмени(?:ть)?"
)
_PAUSE = r"pause|pausiere?|pausieren|pausa|pausar|mets? en pause|sospendi|приостанови(?:ть)?"
_RESUME = (
    r"resume|unpause|fortsetzen|reanuda|reanudar|reprends?|riprendi|retom[ae]|возобнови(?:ть)?"
    r"|продолжи(?:ть)?"
)
_SNOOZE = r"snooze|remind me again|schlummern|posp[oó]n|posponer|repousse|posticipa|adi(?:a|e|ar)|отложи(?:ть)?"
_MOVE = (
    r"move|change|reschedule|postpone|push|shift|verschiebe?|verlege?|mueve|cambia|pasa|aplaza"
    r"|d[eé]place|d[eé]cale"
    r"|reporte|sposta|rimanda|mova|mude|remarque|перенеси|передвинь|сдвинь"
)
_TO = r"to|until|till|for|auf|um|a|al|à|au|alle?|per|para|pra|на"
_IT = r"(?:it|that|for|by|until|till|to|es|um|auf|bis|lo|por|de|à|di|fino a|на|до) "
_ALL = (
    r"all|everything|all reminders|alle?s?|alle erinnerungen|todos?|tout|tous|tutt[oi]|tudo|вс[её]"
)
_NOUN = r"reminders?|alarms?|erinnerung(?:en)?|termin|recordatorios?|rappels?|promemoria|lembretes?|напоминани[ея]"
_ARTICLE = (
    r"the|my|all my|der|die|das|den|meine?n?|el|la|los|las|mis?|le|les|mon|ma|mes|il|lo|i|mio|mia|o|a|os|as"
    r"|meus?|minhas?|мо[йюёеи]|с|про"
)
_NUMBERS = re.compile(r"(?:[#№]?\d{1,8}(?:[\s,;&]+|\s+(?:and|und|y|e|et|и)\s+)?)+")
_PLEASE = re.compile(
    r"(?:please|pls|bitte|por favor|s['’]il te pla[iî]t|per favore|пожалуйста)[\s,]+", re.I
)

Said = Callable[[Chat, Incoming, str], Reply | None]


def take_text(chat: Chat, incoming: Incoming) -> Reply | None:
    """Take a command said in plain words in a private chat; None for any other words."""
    words = _PLEASE.sub("", " ".join(incoming.arguments.split()), count=1).strip(" .!?¿¡")
    if incoming.command or not chat.is_private or not words or len(words) > LONGEST:
        return None
    for name, pattern in _PLAIN.items():
        if _matches(pattern, words):
            return router.commands[name].handler(chat, replace(incoming, arguments=""))
    if _matches(_UNDO, words):
        return takingback.last(chat, incoming)
    if words.casefold() in _DONE:
        return _done(chat, incoming)
    for verbs, take in _TAKERS:
        if match := re.fullmatch(rf"(?:{verbs})(?:\s+(.*))?", words, re.IGNORECASE):
            return take(chat, incoming, match[1] or "")
    return None


def _matches(pattern: str, words: str) -> bool:
    return re.fullmatch(pattern, words, re.IGNORECASE) is not None


def _with(incoming: Incoming, arguments: str) -> Incoming:
    return replace(incoming, arguments=arguments)


def _done(chat: Chat, incoming: Incoming) -> Reply | None:
    """Mark done what came last and is still open."""
    delivery = finding.last_open(chat, incoming.now)
    if delivery is None:
        return say("reminders/done_nothing")
    return delivered.done(chat, incoming, delivery)


def _delete(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Delete by numbers, or what the words name; several that fit are listed."""
    named = _name(words)
    if _NUMBERS.fullmatch(named):
        return manage.delete(chat, _with(incoming, re.sub(r"\D+", " ", named)))
    if not named or _matches(_ALL, words):
        return say("reminders/delete_how") if words else None
    found = finding.by_words(chat, named)
    meaning = create.read(chat, named, incoming.now)
    if meaning.kind is not Kind.NONE:
        if not re.search(rf"\b(?:{_NOUN})\b", words, re.IGNORECASE):
            return None  # "cancel the gym tomorrow 9" is something to be reminded of
        named = _name(
            meaning.subject
        )  # "delete my 10am reminder", "cancel the gym reminder tomorrow"
        due = meaning.due if meaning.kind is Kind.INSTANT else None
        found = finding.by_words(chat, named) if named else finding.due_at(chat, due)
    if len(found) == 1 and found[0].text.casefold() == named.casefold():
        return manage.delete(chat, _with(incoming, str(found[0].number)))
    return _choose(chat, incoming, found, named)


def _choose(chat: Chat, incoming: Incoming, found: list[Reminder], words: str) -> Reply | None:
    """Show what can be done with the one that fits, or all that fit."""
    if not found:
        return None
    card = acting.card_of(chat, found[0])
    if len(found) > 1:
        card = manage.list_card(chat, incoming.now, words)
    return Reply([*show(incoming, card)])


def _name(words: str) -> str:
    """Return the words without articles, and without the noun reminder around them."""
    rest = re.sub(rf"^(?:(?:{_ARTICLE})\s+|l['’])+", "", f"{words} ", flags=re.IGNORECASE).strip()
    bare = re.sub(rf"^(?:{_NOUN})\b\s*|\s*\b(?:{_NOUN})$", "", rest, flags=re.IGNORECASE)
    if bare != rest:
        bare = re.sub(r"^(?:about|for|to|at|an|um|de|du|per|sobre|про)\s+", "", bare)
    return bare.strip()


def _pause(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    return _all_or_numbers("pause", chat, incoming, words)


def _resume(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    return _all_or_numbers("resume", chat, incoming, words)


def _all_or_numbers(command: str, chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Pause or resume everything, or by numbers; "pause the film at 9" is something else."""
    rest = re.sub(rf"^(?:{_ALL})\b\s*", "", _name(words), flags=re.IGNORECASE)
    head = re.split(r"\b(?:until|till|for|bis|hasta|jusqu|fino|até|до)", rest, maxsplit=1)[
        0
    ].strip()
    if head and not _NUMBERS.fullmatch(head):
        return None
    return router.commands[command].handler(chat, _with(incoming, rest))


def _snooze(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Put off what came last, where only a time follows."""
    rest = re.sub(rf"^{_IT}", "", words, flags=re.IGNORECASE)
    meaning = create.read(chat, rest, incoming.now) if rest else None
    if meaning and (meaning.subject or meaning.kind is Kind.NONE):
        return None
    return router.commands["snooze"].handler(chat, _with(incoming, rest))


def _move(chat: Chat, incoming: Incoming, words: str) -> Reply | None:
    """Give the one that the words name another time."""
    for match in re.finditer(rf"\s(?:{_TO})\s", words, re.IGNORECASE):
        named, when = _name(words[: match.start()]), words[match.end() :]
        if number := re.fullmatch(r"#?(\d{1,8})", named):
            reminder = finding.by_number(chat, int(number[1]))
            return edit.change(chat, incoming, reminder, when) if reminder else None
        found = finding.by_words(chat, named)
        if not found:
            continue
        meaning = create.read(chat, when, incoming.now, only_when=True)
        if meaning.kind is Kind.NONE or create.read(chat, when, incoming.now).subject:
            continue
        if len(found) > 1:
            return _choose(chat, incoming, found, named)
        return edit.change(chat, incoming, found[0], when)
    return None


_TAKERS: tuple[tuple[str, Said], ...] = (
    (_DELETE, _delete), (_PAUSE, _pause), (_RESUME, _resume), (_SNOOZE, _snooze), (_MOVE, _move),
)  # fmt: skip
