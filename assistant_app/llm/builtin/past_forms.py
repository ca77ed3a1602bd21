"""Past forms of verbs that do not end in -ed, and the forms of all that people say when something is done."""

import re

_FORMS = (
    "buy bought", "bring brought", "build built", "catch caught", "choose chose chosen", "come came", "cut cut",
    "do did done",
    "draw drew drawn", "drink drank drunk", "break broke broken", "steal stole stolen", "hear heard",
    "drive drove", "eat ate eaten", "feed fed", "fight fought", "find found", "fly flew",
    "forget forgot",
    "get got gotten", "give gave given", "go went gone", "grow grew", "hang hung", "hold held", "keep kept", "lay laid",
    "lead led", "leave left", "lend lent", "light lit", "lose lost", "make made", "meet met", "pay paid", "put put",
    "read read", "ride rode", "ring rang rung", "run ran", "say said", "see saw seen", "sell sold", "send sent",
    "set set",
    "sew sewed sewn", "shoot shot", "show showed shown", "shut shut", "sing sang", "sleep slept", "speak spoke",
    "spend spent",
    "stick stuck", "sweep swept", "swim swam", "take took taken", "teach taught", "tell told", "think thought",
    "throw threw thrown", "understand understood", "wake woke", "wash washed", "wear wore", "win won",
    "write wrote written",
    "finish finished", "complete completed", "call called", "clean cleaned", "water watered", "pick picked",
    "email emailed",
    "mail mailed", "book booked", "order ordered", "fix fixed", "wrap wrapped", "walk walked", "cook cooked",
    "pack packed",
    "file filed", "submit submitted", "renew renewed", "return returned", "prepare prepared", "schedule scheduled",
    "sign signed", "update updated", "replace replaced", "review reviewed", "print printed", "empty emptied",
    "bake baked",
    "charge charged", "close closed", "prepay prepaid", "practice practiced", "exercise exercised",
    "purchase purchased",
    "change changed", "vacuum vacuumed", "iron ironed", "fold folded", "mow mowed", "paint painted", "plant planted",
    "study studied", "apply applied", "reply replied", "try tried", "carry carried", "tidy tidied", "drop dropped",
    "ship shipped", "shop shopped", "stop stopped", "plan planned", "scan scanned", "trim trimmed", "mop mopped",
    "install installed", "fill filled", "pull pulled", "sell sold", "backup backed", "wind wound", "text texted",
    "visit visited", "measure measured", "organize organized", "organise organised", "arrange arranged",
    "declare declared",
    "handle handled", "sort sorted", "deal dealt", "transfer transferred", "fetch fetched", "grab grabbed",
    "dust dusted", "sharpen sharpened", "hire hired", "invite invited", "bathe bathed", "groom groomed", "rake raked",
    "shovel shoveled", "deliver delivered", "register registered", "upload uploaded", "download downloaded",
)  # fmt: skip
# Each past form with the verb's base.
PAST: dict[str, str] = {past: base for base, *pasts in (forms.split() for forms in _FORMS) for past in pasts}


def base_of(past: str) -> str:
    """Return the base of a past form, empty if the word is none."""
    return PAST.get(past) or _regular(past)


def _regular(verb: str) -> str:
    if not verb.endswith("ed") or len(verb) < 5:
        return ""
    stem = verb[:-2]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return (
        verb[:-1]
        if re.search(r"(?:[aeiou][cgsvz]|[rl]v|[^aeiou][aiou][bcdgklmnpstvz]|[clrsu][cegs]|[tdbpgk]l|[aeiou]r)$", stem)
        and stem not in _NO_E
        else stem
    )


_NO_E = frozenset({"visit", "edit", "order", "water", "repair", "answer", "clear", "enter", "cover", "deliver", "offer",
                   "iron", "return", "open", "clean", "mail", "email", "fix", "pack", "book", "check"})  # fmt: skip
