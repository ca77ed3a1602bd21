"""Finds the list that words name: with another ending, the word list behind it, or a letter wrong."""

import re
from collections.abc import Sequence

from assistant_app.llm.builtin.spelling import is_near

# One list under several names: whoever has no list "shopping" means the one for groceries.
SHOPPING = frozenset({"shopping", "grocery", "groceries", "supermarket", "food", "shop"})
# Words that name a list and nothing else: "add milk to groceries" makes one where there is none.
_LISTS_BY_NAME = {
    "groceries": "groceries",
    "grocery": "groceries",
    "shopping": "shopping",
    "errands": "errands",
    "chores": "chores",
    "packing": "packing",
    "wishlist": "wishlist",
    "wish": "wish list",
    "bucket": "bucket list",
}
_AROUND = re.compile(r"^(?:(?:the|my|our|a|list)\s+)+|\s+lists?$")


def find_list(text: str, lists: Sequence[str]) -> str:
    """Return the title of the list that the words name; empty if there is none and they can mean something else."""
    wanted = plain_name(text)
    if not wanted:
        return ""
    wanted = next((title for title in map(plain_name, lists) if {title, wanted} <= SHOPPING), wanted)
    for same in (_equal, _same_stem, _misspelt):
        for title in lists:
            if same(wanted, plain_name(title)):
                return title
    return _LISTS_BY_NAME.get(wanted, "")


def plain_name(text: str) -> str:
    """Return the words of a list's name without what people say around it."""
    return _AROUND.sub("", " ".join(text.lower().lstrip("#").split())).strip()


def _equal(one: str, other: str) -> bool:
    return one == other


def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 5 and is_near(one, other)


def _same_stem(one: str, other: str) -> bool:
    return _stem(one) == _stem(other)


def _stem(name: str) -> str:
    """Cut the plural: "grocery" and "groceries" name one list."""
    return re.sub(r"(?:ies|ys?|es|s)$", "", name)
