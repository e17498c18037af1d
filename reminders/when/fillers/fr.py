"""French words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:j['’]aimerais|je (?:veux|voudrais|souhaite)) que (?:tu me rappelles|vous me rappeliez)"
        r"(?: de| d['’]| que| qu['’])?|me faire penser [àa]|(?:souviens[- ]toi|souvenez[-"
        r" ]vous)(?: de"
        r"| d['’])?|(?:nous devons|on doit|je devrais|il me faut|j['’]ai besoin d['’]|j['’]ai"
        r" besoin de)|"
        r"(?:hey|salut|bonjour|ok|coucou)?\s*,?\s*(?:bot|assistant|google|alexa|siri)|hey|salut"
        r"|bonjour|coucou|ok|merci|stp|svp"
        r"|s'il (?:te|vous) pla[iî]t|(?:peux|pourrais|veux)[- ]tu(?: me rappeler(?: de)?)?"
        r"|(?:pouvez|pourriez)[- ]vous"
        r"|(?:tu )?(?:peux|pourrais)"
        r"|(?:me |de me )?rappel(?:le|ler|lez|les?|e)(?:[- ]moi)?(?: s'il te pla[iî]t"
        r"| stp)?(?: de| d['’]| que| qu['’]| le| la| les)?"
        r"|fais[- ]moi penser(?: [aà]| de)?|préviens[- ]moi(?: de| que| quand)?"
        r"|r[ée]veille[- ]moi"
        r"|n['’]oublie(?:z|r)? pas(?: de| d['’]| que)?|ne pas oublier(?: de| d['’])?|pense(?:z"
        r"|r)? [àa]"
        r"|(?:je dois|il faut(?: que je)?|je veux|je voudrais)"
        r"|(?:mets|met|cr[ée]e|crée|ajoute|programme|règle|fais)(?:[- ]moi)? (?:un|une"
        r"|le) (?:rappel|alarme|minuteur|réveil)(?: pour| de| d['’])?"
        r"|(?:un )?rappel(?: pour| de| d['’])?|que|qu['’]|pour|à|de"
    ),
    closers=(
        r"s'il (?:te|vous) pla[iî]t|stp|svp|merci|ok|(?:et )?rappelle[- ]le[- ]moi"
        r"|rappelle[- ]moi|à|le|la|de|du|dans|pour|vers|et|les"
    ),
    asks=r"rappelle[- ]moi (?:de|d['’]|que|qu['’])|(?:de )?me rappeler (?:de|d['’]|que)",
)
