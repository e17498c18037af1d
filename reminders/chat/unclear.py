"""Find the words of a message that meant a time but name something only the person knows."""

import re

_ASKS = r"(?:please )?(?:remind|tell|ping|nudge) me "
_WHEN = (
    r"(?:the |a |an |one |two |three |[0-9]{1,3} )?"
    r"(?:days?|weeks?|morning|evening|hours?|minutes?|night) "
)
_UNKNOWN = re.compile(
    rf"{_ASKS}(?:{_WHEN})?(?:after|before|when|during) (?P<unknown>.{{2,60}}?)"
    r"(?:,| to | that i ) ?(?P<subject>.+)",
    re.IGNORECASE | re.DOTALL,
)
_UNKNOWN_LAST = re.compile(
    rf"{_ASKS}(?:to |about )(?P<subject>.{{2,200}}?) (?:{_WHEN})?(?:after|before|when) (?P<unknown>the .{{2,60}})",
    re.IGNORECASE | re.DOTALL,
)


_LEADS = ("after ", "before ", "when ", "during ")


def split(words: str, subject: str) -> tuple[str, str] | None:
    """Return (what to remember, the unknown event), or None if the words have no such shape.

    `subject` is what was left after understanding: it begins or ends with what nobody can know.
    """
    if not any(lead in f"{subject} ".lower() for lead in _LEADS):
        return None
    for pattern in (_UNKNOWN, _UNKNOWN_LAST):
        match = pattern.fullmatch(words.strip()[:400])
        if match:
            return match["subject"].strip(), match["unknown"].strip()
    return None
