"""Spanish words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:me gustaría|quisiera|quiero|necesito|te pido)(?: que)? me (?:recordaras|recordases|recuerdes"
        r"|avisaras|avises)(?: de que| de| que)?|(?:acu[ée]rda(?:me|te)|acordarme|recu[ée]rdanos)(?: de"
        r" que| de| que)?|tenemos que|debemos|debería|deberíamos|"
        r"(?:oye|hola|hey|ok)?\s*,?\s*(?:bot|asistente|google|alexa|siri)|oye|hola|hey|ok"
        r"|por favor|porfa|gracias"
        r"|(?:puedes|podrías|podrias|quieres|me puedes|me podrías)|tengo que|debo|hay que"
        r"|necesito|quiero(?: que)?"
        r"|(?:me )?(?:recu[ée]rda(?:me|rme)?|recordarme|recuerdes|recordar|av[íi]same|avisarme"
        r"|notif[íi]came|despi[ée]rtame|al[ée]rtame)(?: de que| de| que| sobre)?"
        r"|no (?:me dejes olvidar|olvides|olvidar|te olvides de|te olvides)(?: de| que)?"
        r"|(?:pon|ponme|crea|créame|añade|agrega|programa|configura|establece|haz)(?: me)? (?:un"
        r"|una) (?:recordatorio|alarma|aviso|temporizador)(?: para| de| sobre| que)?"
        r"|(?:un )?recordatorio(?: para| de| sobre)?|que|de|para|a"
    ),
    closers=r"por favor|porfa|gracias|ok|recu[ée]rdame(?:lo)?|a las|el|la|los|de|en|para|y|a",
    asks=r"recu[ée]rdame (?:de |que )?|(?:para )?recordarme (?:de |que )?",
)
