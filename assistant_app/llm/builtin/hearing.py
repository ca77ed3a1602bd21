"""Brings what a person typed into a form that phrases can be matched with."""

import re
from dataclasses import dataclass

_LONGEST = 2000  # Longer texts are no phrases: they are pasted, or a question for a language model.
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "})
_SHORT_FORMS = {
    r"\b(what|who|where|when|how|that|it|he|she|there|here)'s\b": r"\1 is",
    r"\b(whats|what s)\b": "what is",
    r"\bwhos\b": "who is",
    r"\bhows\b": "how is",
    r"\bi'm\b|\bim\b": "i am",
    r"\b(you|we|they)'re\b": r"\1 are",
    r"\bi'd like\b": "i would like",
    r"\bcan't\b|\bcannot\b": "can not",
    r"\b(do|does|did|is|are|was|would|could|should)n't\b": r"\1 not",
    r"\btoday's\b|\btodays\b": "today's",
    r"\bu\b": "you",
    r"\bgonna\b": "going to",
    r"\bwanna\b": "want to",
}
_OPENERS = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|well|and|now|then|please|pls|thanks|thank you|great|steward|assistant|there"
    r"|actually|good (?:morning|afternoon|evening)|quick question|by the way)\b[\s,.!:;-]*)+"
)
_ASKING = re.compile(
    r"(?:(?:please )?(?:can|could|would|will) you(?: please| kindly| quickly)?"
    r"(?: (?:tell|show|give|remind) me)?(?: again)?"
    r"|(?:please )?(?:tell|show|give) me|do you(?: happen to)? know|i (?:want|need|would like) to (?:know|ask)"
    r"|i wonder|any idea|may i ask)\s+"
)
_CLOSERS = re.compile(r"(?:[\s,]*\b(?:please|pls|thanks|thank you|steward|assistant|for me))+$")


@dataclass(frozen=True)
class Heard:
    """A message: as typed, in one plain form, and without the politeness around its core.

    `forms` has the plain form first, then the ever barer ones.
    """

    text: str
    forms: tuple[str, ...]


def hear(text: str) -> Heard:
    """Return the forms of a text: lower case, one kind of blanks and quotes, no short forms, no end punctuation."""
    if len(text) > _LONGEST:
        return Heard(text, ())
    plain = " ".join(text.translate(_TYPOGRAPHY).lower().split())
    for short, full in _SHORT_FORMS.items():
        plain = re.sub(short, full, plain)
    plain = plain.strip(" ?!.,;:")
    forms, bare = [plain], plain
    for pattern in (_OPENERS, _ASKING, _OPENERS):
        if (match := pattern.match(bare)) and match.end() < len(bare):
            bare = bare[match.end() :]
            forms.append(bare)
    forms += [shorter for form in forms if (shorter := _CLOSERS.sub("", form)) and shorter != form]
    return Heard(text, tuple(dict.fromkeys(form.strip(" ?!.,;:") for form in forms if form.strip(" ?!.,;:"))))
