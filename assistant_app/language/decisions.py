"""Yes or no to a question that waits. Only a whole message counts: whoever says more has said something else."""

import re
from collections.abc import Sequence
from typing import Literal

Decision = Literal["yes", "no"]


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


_YES = _phrases("""
    yes, y, ye, yea, yeah, yeas, yep, yup, yess, yesss, ys, ya, sure, sure thing, ok, okay, okey, okey dokey, k,
    kk, fine, alright, all right, aye, affirmative, absolutely, definitely, certainly, of course, ofc, correct,
    right, exactly, indeed, confirm, confirmed, i confirm, approve, approved, i approve, agreed, i agree,
    accept, accepted, allow, allow it, allowed, go, go ahead, go for it, go on, proceed, continue, carry on, do
    it, do that, do so, please do, make it so, sounds good, sounds great, looks good, looks right, lgtm, that's
    right, that's fine, that's ok, that's okay, that is right, that is fine, that is ok, that is okay, that is
    correct, that's correct, that works, works for me, fine by me, fine with me, good, great, perfect, cool,
    ship it, by all means, you may, you can, yes you can, yes you may, i do, i am sure, i'm sure, im sure, i am,
    i'm certain, why not, be my guest, roger, roger that, you bet, why yes, for sure, 100%, i guess so, i think
    so, 👍, 👌, ✅, 🆗
""")
_NO = _phrases("""
    no, n, nope, nah, nay, na, noo, nooo, no way, not now, not yet, not really, not that, never, never mind,
    nevermind, nvm, cancel, cancel that, cancel it, stop, stop it, stop that, abort, deny, denied, reject,
    rejected, refuse, decline, declined, don't, dont, do not, leave it, leave it alone, leave that, leave them,
    leave it be, leave it as it is, keep it, keep them, keep that, keep both, keep all, keep everything, forget
    it, forget that, forget about it, i don't want that, i changed my mind, changed my mind, wait, hold on, hold
    off, wait no, on second thought no, on second thoughts no, rather not, i'd rather not, better not, negative,
    no thanks, no thank you, certainly not, absolutely not, of course not, definitely not, not at all, please
    no, skip, skip it, skip that, disallow, none, none of it, none of that, none of them, none of those, nothing,
    leave everything, leave everything alone, leave everything as it is, leave them alone, leave them all, leave
    them all alone, leave them as they are, leave all of them, leave both, keep all of them, keep them all, 👎, ❌
""")
# Words around a decision that decide nothing.
_POLITE = frozenset(_phrases(
    "please, pls, plz, thanks, thank, you, thx, ty, steward, sir, ok, okay, well, then, now, just, hmm, uh, oh, and, so"
))  # fmt: skip
# "Sure, delete it" and "delete it" only repeat what was asked. So does "yes, cancel it", but "cancel it" alone is a no.
_ACTS = _phrases("delete, remove, clear, do, send, approve, empty, drop, erase, wipe")
_ACTS_AFTER_YES = _ACTS | {"cancel"}
_NOT = (("don't",), ("dont",), ("do", "not"))
_OBJECTS = _POLITE | _phrases(
    "it, that, this, them, those, these, both, all, everything, the, task, tasks, reminder, reminders, event, events,"
    "one, ones, list, alone, of, for, me, anything"
)
# "Yes, all of them" takes in all that was asked; "yes, one of them" does not.
_ALL = _phrases("all, both, everything, it, them, that, those, these")
_ALL_AROUND = _POLITE | _ALL | _phrases("to, of, the, for, two, three, four")
# One of these has to point back: "delete all tasks" asks for something of its own, whatever waits.
_POINTERS = _phrases("it, that, this, them, those, these, both, one, ones")
_WORD = re.compile(r"[\w'%]+|[👍👌✅🆗👎❌]")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'"})
_MOST_WORDS = 8


def read_decision(text: str) -> Decision | None:
    """Return what a whole message decides about the question before it, or None if it is no plain yes or no."""
    if len(text) > 100 or "?" in text:
        return None
    words = _WORD.findall(text.translate(_TYPOGRAPHY).lower())
    if not words or len(words) > _MOST_WORDS:
        return None
    bare = _bare(words)
    said_again = _repeated(bare, _ACTS)
    if said_again == "yes" and _POINTERS.isdisjoint(bare):
        said_again = None
    return _decided(words) or said_again or _in_two_parts(words)


def _decided(words: Sequence[str]) -> Decision | None:
    for said in (" ".join(words), " ".join(_bare(words))):
        if said in _YES:
            return "yes"
        if said in _NO:
            return "no"
    return None


def _bare(words: Sequence[str]) -> Sequence[str]:
    """Take politeness off both ends, as long as a word is left."""
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1] in _POLITE:
        end -= 1
    while end - start > 1 and words[start] in _POLITE:
        start += 1
    return words[start:end]


def _in_two_parts(words: Sequence[str]) -> Decision | None:
    """Read a decision that says again what it decides, "no, keep both": the two parts must agree."""
    for split in range(len(words) - 1, 0, -1):
        head, rest = _decided(words[:split]), _bare(words[split:])
        said_again = "yes" in (_repeated(rest, _ACTS_AFTER_YES), _decided(rest))
        if head == "yes" and (said_again or (_ALL & set(rest) and _ALL_AROUND.issuperset(rest))):
            return "yes"
        if head == "no" and "no" in (_repeated(rest, _ACTS), _decided(rest)):
            return "no"
    return None


def _repeated(words: Sequence[str], acts: frozenset[str]) -> Decision | None:
    """Read "delete it" as a yes and "don't delete it" as a no."""
    for negation in _NOT:
        if tuple(words[: len(negation)]) == negation:
            return "no" if _names_act(words[len(negation) :], acts) else None
    return "yes" if len(words) > 1 and _names_act(words, acts) else None


def _names_act(words: Sequence[str], acts: frozenset[str]) -> bool:
    return bool(words) and words[0] in acts and all(word in _OBJECTS for word in words[1:])
