"""Says honestly what this model cannot do, in words for the case, and what can."""

import re

from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.hearing import Heard

_TRANSLATED = "have that translated"
_KEPT = "keep tasks"
_LOOKED_UP = "look that up"
# The first that fits; each says what it takes a language model to do.
_WANTED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), wanted)
    for pattern, wanted in (
        (r"\b(?:translate|translation|in (?:french|german|spanish|italian|japanese|chinese|english)$)", _TRANSLATED),
        (
            (
                r"```|\b(?:code|program|script|function|regex|sql|python|javascript|typescript|java|html|css|bash"
                r"|debug|compile"
                r"|algorithm|refactor)\b"
            ),
            "get help with code",
        ),
        (r"\b(?:draw|paint|image|picture|photo|logo|illustration|sketch)\b", "get pictures"),
        (r"\b(?:summari[sz]e|summary|tl;?dr|shorten|key points)\b", "have that summarized"),
        (
            (
                r"^(?:\w+ ){0,3}?(?:write|draft|compose|rewrite|rephrase|proofread|improve|correct|create|generate"
                r"|make up|invent|brainstorm)\b|\b(?:poem|essay|haiku|limerick|cover letter|short story)\b"
            ),
            "have that written",
        ),
        (r"\b(?:joke|story|riddle|sing)\b", "hear one"),
        (
            r"\b(?:remind me|reminders?|to-?dos?|tasks?|shopping list|my calendar|appointments?|alarms?|my lists?)\b",
            _KEPT,
        ),
        (r"\b(?:weather|forecast|news|stocks?|price of|exchange rate|score|search the web|google)\b", _LOOKED_UP),
        (r"\b(?:recommend|suggest|should i|advice|opinion|what do you think|plan)\b", "get advice"),
        (r"^(?:explain|describe|define|compare|teach|what does .* mean)\b", "have that explained"),
        (
            (
                r"^(?:who|what|when|where|why|which|whose|how|is|are|was|were|do|does|did|can|could|will|would|should"
                r"|has"
                r"|have)\b"
            ),
            "answer that",
        ),
    )
)


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer everything that no other skill understood."""
    around = call.surroundings
    text = heard.forms[-1] if heard.forms else heard.text.lower()
    if not text.strip():
        return "I heard nothing. Write me a few words, or ask *what can you do?*"
    wanted = _wanted(heard, text)
    if wanted == _KEPT:
        return (
            "I am the built-in assistant, and I did not understand what to do with that, so I changed nothing. Say it "
            "plainly, such as *remind me to call mom tomorrow at 5*, *push milk to Friday* or *what is due today?*"
        )
    way = (
        "pick another model in the model selector"
        if around.other_models
        else "connect a model under [Settings > Models](/settings/models)"
    )
    if wanted:
        caution = " It has to be one that reaches the internet: I do not." if wanted == _LOOKED_UP else ""
        return f"I am the built-in assistant; to {wanted}, {way}.{caution}"
    return (
        f"I am the built-in assistant, no language model, and I did not understand that. To talk freely, {way}. "
        "Ask *what can you do?* to see what I know myself."
    )


def _wanted(heard: Heard, text: str) -> str:
    is_question = heard.text.rstrip().endswith("?")
    for form in dict.fromkeys((text, *heard.forms)):
        for pattern, wanted in _WANTED:
            if pattern.search(form):
                return wanted
    return "answer that" if is_question else ""
