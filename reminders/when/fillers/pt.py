"""Portuguese words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:eu )?(?:queria|gostaria|quero|preciso|gostava) que (?:você |tu )?me (?:lembrasses?|lembres?"
        r"|avisasses?|avises?)(?: de que| de| que)?|não posso (?:me )?esquecer(?: de| que)?"
        r"|(?:temos que|devemos|precisamos|deveria|deveríamos)|"
        r"(?:ei|oi|olá|ola|hey|ok)?\s*,?\s*(?:bot|assistente|google|alexa|siri)|ei|oi|olá|ola|hey"
        r"|ok|por favor|obrigad[oa]"
        r"|(?:pode|poderia|você pode|você poderia|podes|podias)|(?:eu )?(?:tenho que|preciso|devo"
        r"|quero|vou)"
        r"|(?:me )?(?:lembr(?:e|a|ar|es)|avis(?:e|a|ar)|notifi(?:que|car)|acord(?:e|a)|alert(?:e"
        r"|a))(?:-me)?(?: de que| que| de| do| da| para| pra| sobre)?"
        r"|não (?:me deixe esquecer|esqueça|esquecer|esqueças|se esqueça)(?: de| que| do| da)?"
        r"|(?:defina|crie|criar|adicione|coloque|configure|programe|põe|ponha"
        r"|marque)(?: me)? (?:um|uma|o) (?:lembrete|alarme|aviso|temporizador)(?: para| de"
        r"| que| pra)?"
        r"|(?:um )?lembrete(?: para| de)?|que|de|para|pra|a"
    ),
    closers=r"por favor|obrigad[oa]|ok|(?:me )?lembre(?:-me)?|às|a|o|no|na|em|de|para|e|do|da|ao",
    asks=r"(?:me lembr(?:e|ar)|lembr(?:e|ar|a)-me|me lembra) (?:de que |que |de )?",
)
