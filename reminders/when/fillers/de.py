"""German words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:erinnerst|weckst|informierst) du mich(?: bitte)?(?: daran| dran)?(?:,? dass)?"
        r"|lass(?:t)? mich (?:bitte )?(?:nicht|nie) vergessen|denk(?:e)?(?: bitte)?(?: daran|"
        r" dran)?"
        r"|ich (?:möchte|will|würde gern(?:e)?)(?: (?:daran|dran))? erinnert werden"
        r"|(?:muss|soll|sollte|will|möchte|darf) (?:ich|man)|(?:müssen|sollen|sollten) wir"
        r"|wir (?:müssen|sollen|sollten)|ich darf nicht vergessen|"
        r"(?:hey|hallo|hi|ok|okay|he)?\s*,?\s*(?:bot|assistent|google|alexa|siri)|hey|hallo|hi|ok"
        r"|okay|bitte|danke"
        r"|(?:kannst|könntest|würdest|koenntest|wuerdest) du(?: mich)?(?: bitte)?(?: daran)?"
        r"|(?:bitte )?(?:erinner|erinnere|benachrichtige|weck|wecke|ping"
        r"|pinge) mich(?: bitte)?(?: daran| dran)?(?:,? dass (?:ich )?|,? an (?:den |die "
        r"|das )?)?"
        r"|(?:bitte )?(?:sag|sage|schreib|schreibe) mir(?: bitte)?(?: bescheid)?"
        r"|mich(?! zu )(?: bitte)?(?: daran)?(?: an)?"
        r"|vergiss nicht|nicht vergessen|ich (?:muss|soll|sollte|will|möchte)"
        r"|(?:stell|stelle|setz|setze|erstell|erstelle|mach|mache|leg"
        r"|lege)(?: mir)?(?: bitte)?(?: einen| eine| ne| nen)? (?:erinnerung|wecker|alarm"
        r"|termin|timer)(?: für| an| zum| zur| auf| mit)?"
        r"|an(?= (?:die|den|das|der|dem|mein|meine|meinen) )|(?:neue |eine )?erinnerung(?: an"
        r"| für| zum| zur)?|daran|dass|dran"
    ),
    closers=(
        r"bitte|danke|zu erinnern|erinnern|ok|okay|daran|dran"
        r"|(?:bitte )?erinner[en]? mich(?: bitte)?(?: daran)?"
        r"|um|am|im|in|für|zum|bis|und|jeweils|immer|nicht (?:zu )?vergessen"
    ),
    asks=r"erinner[e]? mich (?:bitte )?(?:daran|dran),?(?: dass ich)?",
)
