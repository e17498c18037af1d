"""Italian words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:vorrei|voglio|mi piacerebbe) che (?:tu )?mi (?:ricordassi|ricordi|avvisassi|avvisi)(?: di"
        r"| che| d['’])?|(?:ricordati|ricordarsi|ricordarmi|fammi ricordare)(?: di| che| d['’])?"
        r"|(?:dovrei|dovremmo|ho bisogno di|mi serve)|"
        r"(?:ehi|hey|ciao|ok)?\s*,?\s*(?:bot|assistente|google|alexa|siri)|ehi|hey|ciao|ok"
        r"|per favore|per piacere|grazie"
        r"|(?:puoi|potresti|mi puoi|mi potresti)|devo|bisogna|voglio|vorrei|dobbiamo"
        r"|(?:mi )?(?:ricorda(?:mi|re|rmi|melo)?|avvisa(?:mi|rmi)?|avverti(?:mi)?|notificami"
        r"|svegliami)(?: di| che| del| della| il| la| l['’]| d['’])?"
        r"|non (?:dimenticare|dimenticarti|farmi dimenticare|scordare)(?: di| che)?"
        r"|(?:imposta|crea|aggiungi|metti|programma|fissa|inserisci)(?:mi)? (?:un|una|il"
        r"|la) (?:promemoria|sveglia|allarme|timer|avviso)(?: per| di| che)?"
        r"|(?:un )?promemoria(?: per| di)?|che|di|per|a"
    ),
    closers=r"per favore|per piacere|grazie|ok|ricorda(?:mi|melo)|alle|il|la|le|di|in|per|e|a|del"
    r"|da",
    asks=r"ricordami (?:di |che |d['’])?|(?:per )?ricordarmi (?:di |che )?",
)
