"""The words for commands in the languages of the chat, as regular expressions for whole messages."""

from reminders.chat.delivered import DONE_WORDS

WHOLE = {
    "help": r"help(?: me)?|commands|what can you do|how (?:does this|do you) work|hilfe|was kannst du|ayuda"
    r"|qu[eé] (?:puedes|sabes) hacer|aide|que (?:peux|sais)[- ]tu faire|aiuto|(?:che )?cosa (?:puoi|sai) fare"
    r"|ajuda|o que voc[eê] (?:faz|pode fazer|sabe fazer)|помощь|помоги|что ты (?:умеешь|можешь)",
    "start": r"hello|hi|hey|hi there|hey there|good (?:morning|afternoon|evening)|hallo|moin|servus|hola|buenas"
    r"|guten (?:tag|morgen|abend)|buen(?:os|as) (?:d[ií]as|tardes|noches)|bonjour|bonsoir|salut|coucou|ciao"
    r"|salve|buongiorno|buonasera|ol[aá]|oi|bom dia|boa (?:tarde|noite)|привет|здравствуйте?|доброе утро"
    r"|добрый (?:день|вечер)",
    "settings": r"(?:my )?settings|einstellungen|ajustes|configuraci[oó]n|r[eé]glages|param[eè]tres|impostazioni"
    r"|configura[cç][oõ]es|настройки",
    "cancel": r"cancel|never ?mind|forget it|abbrechen|vergiss es|cancelar|olv[ií]dalo|annuler|laisse tomber"
    r"|annulla|lascia stare|deixa(?: pra l[aá])?|отмена|неважно",
    "undo": r"undo(?: that| it)?|take that back|(?:mach das )?rückgängig(?: machen)?|deshacer|deshazlo|défaire"
    r"|annule [cç]a|annulla l['’]ultima|desfazer|desfa[çz]a?(?: isso)?|верни(?: назад| как было)?|отмени это",
    "stop": r"stop|stop (?:it|asking|nagging|that)|enough|stopp|hör auf|aufhören|genug|para|basta|arrête"
    r"|[cç]a suffit|smetti(?:la)?|pare|chega|хватит|стоп|перестань",
}  # fmt: skip
DONE = DONE_WORDS - {"ok", "okay", "👍"} | {
    "all done", "it's done", "it’s done", "i did it", "did it", "i took it", "took it", "taken",
    "habe ich gemacht", "ist erledigt", "ya está", "lo hice", "c'est fait", "c’est fait", "l'ho fatto",
    "l’ho fatto", "já fiz", "tá feito", "сделал", "сделала", "принял", "приняла", "выполнено",
}  # fmt: skip

# What comes before numbers, names and times.
VERBS = {
    "delete": r"delete|remove|cancel|drop|lösch(?:e|en)?|entferne|borra|elimina|cancela|quita|supprime|annule"
    r"|efface|cancella|apag(?:a|ue)|exclu[ia]|удали(?:ть)?|убери|отмени(?:ть)?",
    "pause": r"pause|pausiere?|pausieren|pausa|pausar|mets? en pause|sospendi|приостанови(?:ть)?",
    "resume": r"resume|unpause|fortsetzen|reanuda|reanudar|reprends?|riprendi|retom[ae]|возобнови(?:ть)?"
    r"|продолжи(?:ть)?",
    "snooze": r"snooze|remind me again|schlummern|posp[oó]n|posponer|repousse|posticipa|adi(?:a|e|ar)"
    r"|отложи(?:ть)?",
    "move": r"move|change|reschedule|postpone|push|shift|verschiebe?|verlege?|mueve|cambia|pasa|aplaza|d[eé]place"
    r"|d[eé]cale|reporte|sposta|rimanda|mova|mude|remarque|перенеси|передвинь|сдвинь",
}  # fmt: skip
TO = r"to|until|till|for|auf|um|a|al|à|au|alle?|per|para|pra|на"
IT = r"(?:it|that|for|by|until|till|to|es|um|auf|bis|lo|por|de|à|di|fino a|на|до) "
UNTIL = r"until|till|for|bis|hasta|jusqu|fino|até|до"
ALL = (
    r"all|everything|all reminders|alle?s?|alle erinnerungen|todos?|tout|tous|tutt[oi]|tudo|вс[её]"
)
NOUN = r"reminders?|alarms?|erinnerung(?:en)?|termin|recordatorios?|rappels?|promemoria|lembretes?|напоминани[ея]"
ARTICLE = (
    r"the|my|all my|der|die|das|den|meine?n?|el|la|los|las|mis?|le|les|mon|ma|mes|il|lo|i|mio|mia|o|a|os|as"
    r"|meus?|minhas?|мо[йюёеи]|с|про"
)
ABOUT = r"about|for|to|at|an|um|de|du|per|sobre|про"
AND = r"and|und|y|e|et|и"
PLEASE = r"please|pls|bitte|por favor|s['’]il te pla[iî]t|per favore|пожалуйста"
