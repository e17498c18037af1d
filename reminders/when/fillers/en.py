"""English words around a request: greetings, politeness, "remind me to"."""

from reminders.when.table import Fillers

FILLERS = Fillers(
    openers=(
        r"(?:i(?:'d| would) (?:like|love|appreciate)|can i (?:get|have)|i want|give me) (?:a |an )?reminder"
        r"(?: to| that| about| of| for)?|(?:would|do) you mind (?:reminding|telling|pinging) me(?: to"
        r"| about| that)?|do me a favou?r and|help me (?:to )?remember(?: to)?|(?:make|take) a note(?: to"
        r"| of| that)?|(?:called|named|titled|labell?ed|saying|that says)|i (?:should|ought to|am"
        r" supposed to|got to|had better)|i'm supposed to|i'd better|gotta|we (?:need|have|ought) to|"
        r"(?:and|ok|okay|so|well|hey|hi|hello|yo|dear)?\s*,?\s*(?:olly|bot|alexa|siri|cortana"
        r"|google|assistant|buddy|there)"
        r"|hey|hi|ok|okay|please|pls|plz|kindly|thanks|so|just|now|also"
        r"|(?:can|could|would|will) (?:you|u)(?: please| pls| kindly)?|i(?:'d"
        r"| would) like (?:you )?to"
        r"|i want (?:you )?to(?= (?:remind|set|create|be reminded))|i(?: also)? need (?:you )?to"
        r"|i need|i have to|i've got to|i gotta|i must"
        r"|(?:let's|lets|make sure (?:to|that|i)|be sure to|remember to|remember)"
        r"|(?:please )?(?:do not|don't|dont|never) (?:let me )?forget(?: to| that| about)?"
        r"|(?:send|give|get|show) me (?:a |an )?(?:\w+ )?(?:reminder|notification|alert"
        r"|notice)(?: message)?(?: to| that| about| of| for| on)?"
        r"|(?:send|give) (?:a |an )?(?:reminder|notification|alert)(?: to me)?(?: to| that| about"
        r"| of| for)?"
        r"|(?:please )?(?:remind|notify|alert|ping|tell|message|text|wake|nudge|warn|poke"
        r"|call) (?:me|us)(?: up)?(?: to| that| about| of| for| on| when)?"
        r"|(?:set|start|create|make)(?: a| an| the)?$|let me know(?: when| to| about| that)?"
        r"|(?:to )?be reminded(?: to| of| about| that)?|when it(?:'s| is)"
        r"|remind(?:me)?(?: to)?"
        r"|(?:set|create|make|add|put|schedule|place|start|save|insert|enter|build"
        r"|establish)(?: me| up| in)?(?: a| an| the| my| new| another| and)*"
        r"(?: \w+ly| repeating| recurring| calendar| notification| phone| event| meeting"
        r"| appointment)?"
        r" (?:reminder|reminders|alarm|alarms|alert|notification|timer|event)s?(?: notification)?"
        r"(?: (?:in|on|to|into) (?:my|the) (?:calendar|schedule|agenda|list))?(?: to| that| about"
        r"| of| for| on| as|:)?(?: me)?(?: to| about| of)?"
        r"|(?:reminder|reminders|alarm|timer|note to self|todo|to do)(?: to| that| about| of| for"
        r"|:)?"
        r"|(?:add|put|schedule)(?= .* (?:to|on|in) (?:my|the) (?:calendar|reminders?|schedule"
        r"|list|agenda))"
        r"|(?:that|to|about|of|for|at|on|by|and|in|as|is|are)|the next|s"
    ),
    closers=(
        r"(?<!is )(?<!are )due(?: on| by| at)?|when it(?:'s| is)|please|pls|plz|thanks|thank you|thx|ok|okay|for me|will you|would you|can you|could you"
        r"|(?:and )?(?:please )?(?:send|give|set) (?:me )?(?:a |an )?(?:reminder|notification"
        r"|alert|alarm)(?: for (?:it|that|this))?"
        r"|(?:and )?(?:please )?remind me(?: of it| about it| of that| about that)?"
        r"|(?:to|on|in|into|for) (?:my|the) (?:calendar|reminders?|reminder list|schedule|agenda"
        r"|list|to do list|todo list)(?: for)?"
        r"|at|by|in|for|to|and|of|the|from|every|are|repeat|starting|that is|which is"
    ),
    asks=r"(?:to |and |please |so )?(?:remind|notify|alert|tell) me (?:to|that|about|of)|(?:and"
    r"|so) i (?:don't|do not|dont) forget to",
)
