"""Recognises words with one letter wrong."""

from collections.abc import Iterable

# Words of their own that lie one letter away from a word of our phrases.
_OWN_WORDS = frozenset({
    "remote", "charge", "charged", "chance", "cancer", "finnish", "upstate",  "great", "these",
    "there",
    "where", "their", "three", "brink", "brings", "bright", "fight", "might", "night", "light", "right", "sight",
    "tight", "ask", "track", "tricks", "trick", "truck", "place", "plane", "plate", "plans", "plant", "price", "pride",
    "print", "would", "could", "should", "mould", "world", "words", "sword", "years", "hears", "bears", "clean",
    "clears",
    "lists", "last", "lost", "notes", "noted", "voted", "stuck", "staff", "stiff", "tinder", "under", "wonder",
    "sander",
    "sender", "gender", "tender", "reader", "removal", "removed", "moved", "prove", "shove", "stove", "above", "glove",
    "drive", "driver", "closed", "clothes", "loses", "chose", "those", "whose", "house", "horse", "nurse", "mouse",
    "course", "court", "count", "mount", "fount", "found", "sound", "bound", "round", "wound", "pound", "hound",
    "entry", "water", "later", "after", "alter", "eater", "cater", "early", "yearly", "nearly", "dairy", "daily",
    "diary", "fairy", "hairy", "marks", "parks", "check", "cheek", "cheeks", "chess", "chest", "shift", "swift",
    "drift",
    "start", "smart", "stare", "state", "store", "story", "study", "sturdy", "thing", "think", "thank", "thick",
    "event", "evens", "seven", "elevate", "alarm", "alert", "flight", "cross", "crops", "dress", "press", "stress",
    "switch", "stitch", "sketch", "stretch", "watch", "match", "catch", "patch", "batch", "latch", "hatch", "strike",
    "stroke", "spike", "write", "white", "while", "whole", "quite", "quiet", "quick", "bring", "being", "swing",
    "sting", "string", "spring", "shopping", "stopping", "stop", "wrapping", "erased", "phase", "phrase", "please",
    "lease", "cease", "tease", "grease", "increase", "decease", "decrease", "reduce", "deduce", "produce", "recording",
    "record", "recoil", "reward", "repeal", "repeat", "report", "resort", "retort", "repair", "reset", "reseal",
    "boxed", "booked", "books", "looks", "cooks", "hooks", "empty", "emptied", "pleased", "released", "boot", "bloom",
    "movie", "movies", "sleep", "shave", "teach", "spend", "cover", "relay", "click", "paint", "invite", "point",
    "pitch", "power", "reach", "skill", "stack", "stock", "theme", "though", "token", "trace", "width", "slice",
    "small", "score", "shell", "plain", "latter", "letter", "layer", "abort", "across", "alive", "along", "await",
    "besides", "black", "bother", "center", "chord", "chunk", "clone", "closer", "coding", "detail", "ending",
    "extent", "form", "fully", "given", "haven", "inter", "knight", "latex", "least", "marker", "newer", "others",
    "preserve", "retain", "rewind", "rights", "saving", "slower", "thrown", "wrote", "writer", "working", "crash",
    "crashed", "shown",
    "clock", "curry", "prevent", "parse", "preview", "reboot", "judge", "bunch", "lunch", "brunch",
    "forgot", "cause", "cake", "lake", "bake", "fake",
})  # fmt: skip


def is_near(one: str, other: str) -> bool:
    """Tell whether two words are the same but for one letter: wrong, missing, too many, or two of them swapped."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 4:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (len(one) > 1 and len(other) > 1 and one[1::-1] == other[:2] and one[2:] == other[2:])
    )


def corrected(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one was meant to be, or the word as it is."""
    if len(word) < 4 or word in _OWN_WORDS or not word.isalpha():
        return word
    if len(word) == 4:  # Of so few letters two may be swapped, but none may be wrong.
        return next(
            (each for each in known if len(each) == 4 and sorted(each) == sorted(word) and is_near(word, each)), word
        )
    near = (each for each in known if abs(len(each) - len(word)) <= 1 and is_near(word, each))
    # "Deleted" is no slip of who means "delete": it is what somebody did.
    return next((each for each in near if word not in (f"{each}d", f"{each}s", f"{each}r", f"{each}n")), word)
