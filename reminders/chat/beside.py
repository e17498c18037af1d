"""What an answer to a reminder says beside its new time."""

from conversations.models import Chat
from conversations.router import Incoming
from reminders.chat import create
from reminders.when.meaning import Kind, Meaning

# What people write beside the time and mean by it only that it is to come at another one.
ONLY_ANOTHER_TIME = frozenset((
    "", "again", "snooze", "later", "wait", "not", "not now", "not yet", "no", "nope", "move", "move it",
    "make it", "better", "actually", "change to", "change it to", "instead", "besser", "stattdessen", "doch",
    "postpone", "postpone it", "delay", "delay it", "put off", "put it off", "remind", "ask again", "try again",
    "noch mal", "nochmal", "noch einmal", "wieder", "später", "nein", "erst", "lieber", "nicht jetzt",
    "jetzt nicht", "verschiebe auf", "verschieb auf", "verschiebe", "verschieben", "verschieben auf", "schieb auf",
    "otra vez", "de nuevo", "nuevo", "más tarde", "luego", "no ahora", "ahora no", "mejor", "posponer", "aplazar",
    "encore", "de nouveau", "à nouveau", "nouveau", "plus tard", "non", "pas maintenant", "plutôt", "reporter",
    "reporte", "repousse", "ancora", "di nuovo", "più tardi", "dopo", "non ora", "meglio", "rimanda", "rinvia",
    "novo", "novamente", "mais tarde", "depois", "não", "agora não", "melhor", "adiar", "adie", "adia",
    "ещё", "еще", "ещё раз", "еще раз", "снова", "опять", "позже", "потом", "нет", "не сейчас", "лучше", "отложи",
    "отложить", "перенеси", "перенести",
))  # fmt: skip


def words_beside(chat: Chat, incoming: Incoming, words: str, meaning: Meaning) -> str:
    """Return what was said beside the time; words that only ask for it are no matter of their own."""
    whole = create.read(chat, words, incoming.now)
    if whole.kind is Kind.NONE:
        for span in reversed(meaning.spans):
            words = f"{words[: span.start]} {words[span.end :]}"
        whole = create.read(chat, words, incoming.now)
    return "" if whole.subject.casefold().strip(" .,:;!?…") in ONLY_ANOTHER_TIME else whole.subject
