"""Tells what was written by others, to others: pasted mail, invitations, notices, greetings to a team."""

import re

# What stands under such a line was written by somebody else.
_HEADER = re.compile(
    r"^\s*(?:from|sent|subject|cc|bcc|fwd?|re|(?:updated )?invitation|accepted|declined|tentative|rescheduled"
    r"|cancell?ed(?: event)?|new (?:comment|message|mail|email|notification|reply)\b[^:\n]{0,40}|notification"
    r"|out of office|automatic reply|assignee)\s*:\s|^on\s.{5,80}\swrote:",
    re.IGNORECASE | re.MULTILINE,
)
_TEAM = (
    "team|all|everyone|everybody|folks|guys|colleagues|both|class|parents|neighbou?rs|friends|ladies|gentlemen|sir"
    "|madam|customer|tenant|mr|mrs|ms|dr"
)
# A greeting by name, unless it is the assistant's. What wakes other assistants is said out of habit.
_GREETED = re.compile(
    r"\s*(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening))\s+"
    rf"(?:(?i:dear\s+)?(?i:{_TEAM})\b"
    r"|(?!Steward|Assistant|Siri|Google|Alexa|Cortana|Jarvis|There|Please|Can|Could)[A-Z][\w'’-]+\s*,)"
)


def is_of_others(text: str) -> bool:
    """Tell whether a message is nobody's wish to the assistant, whatever it asks for."""
    return bool(_HEADER.search(text) or _GREETED.match(text))
