"""How well words fit titles: the same title, all of its words, words with a wrong letter, words of the same stem."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

EXACT, WORDS, NEAR = 3, 2, 1
_WORD = re.compile(r"\w+(?:['’]\w+)*")
# What people say around a title, or leave away from it.
_LOOSE = frozenset(
    _WORD.findall(
        "a an the my our your his her their its this that to of for with on in at and some about please "
        "task tasks todo item items reminder reminders event events appointment meeting entry one"
    )
)
_TYPO_FROM = 4  # Shorter words become others with one letter.
_ENDINGS = ("ings", "ing", "ers", "ies", "ied", "ed", "er", "es", "e", "s", "y")
_SHORTEST_STEM = 3
_SHORTEST_OF_NOUN = 5  # "Renewal" is of "renew", and "rental" is another thing than the rent.
# Other words for the same, each with the one that stands for them.
_SAME_THING = {
    other: group[0]
    for group in (
        ("mom", "mum", "mommy", "mummy", "mama", "mother", "mam"),
        ("dad", "daddy", "papa", "father"),
        ("grandma", "granny", "grandmother", "nan", "nana"),
        ("grandpa", "granddad", "grandad", "grandfather"),
        ("doctor", "dr", "doc", "gp"),
        ("phone", "telephone"),
        ("photo", "photograph", "pic", "picture"),
        ("fridge", "refrigerator"),
        ("flat", "apartment"),
        ("trash", "rubbish", "garbage"),
        ("apt", "appt"),
        ("bday", "birthday"),
        ("tv", "television", "telly"),
        ("gym", "gymnasium"),
        ("plane", "aeroplane", "airplane"),
    )
    for other in group
}
_SAME, _TYPO, _STEM = 1.0, 0.9, 0.8


@dataclass(frozen=True)
class Match:
    """That the title of `key` fits: `tier` is how, and `score` how well, from above 0 to 1 for the same title."""

    key: str
    tier: int
    score: float


class Titles:
    """Titles by keys, kept so that those which fit are found without looking at the others."""

    def __init__(self) -> None:
        """Start with none."""
        self._words: dict[str, list[str]] = {}
        self._having: defaultdict[str, set[str]] = defaultdict(set)
        self._of_stem: defaultdict[str, set[str]] = defaultdict(set)

    def put(self, key: str, title: str) -> None:
        """Add a title, or give a key another one."""
        self.drop(key)
        self._words[key] = words_of(title)
        for word in self._words[key]:
            self._having[word].add(key)
            self._of_stem[stem(word)].add(word)

    def drop(self, key: str) -> None:
        """Remove a title if it is there."""
        for word in set(self._words.pop(key, ())):
            self._having[word].discard(key)
            if not self._having[word]:
                del self._having[word]
                self._of_stem[stem(word)].discard(word)

    def match(self, words: str) -> list[Match]:
        """Return the titles that fit, best first; near misses only where no title has the words themselves."""
        wanted = words_of(words)
        if not wanted:
            return []
        firm = [word for word in wanted if word not in _LOOSE] or wanted
        found = self._whole(wanted, firm) or self._near(firm)
        return sorted(found, key=lambda match: (-match.score, match.key))

    def _whole(self, wanted: list[str], firm: list[str]) -> list[Match]:
        """Find titles that are the words, or have all of them."""
        found: list[Match] = []
        for key in set[str].intersection(*(self._having.get(word, set[str]()) for word in firm)):
            words = self._words[key]
            if words == wanted:
                found.append(Match(key, EXACT, 1.0))
            elif [word for word in words if word not in _LOOSE] == firm:
                found.append(Match(key, EXACT, 0.97))
            else:
                found.append(Match(key, WORDS, 0.7 + 0.2 * len(firm) / max(len(words), len(firm))))
        return found

    def _near(self, firm: list[str]) -> list[Match]:
        """Find titles that have a word for each of the words, with a wrong letter or another ending."""
        fits = [self._fitting(word) for word in firm]
        having = (set[str]().union(*(self._having[word] for word in fit)) for fit in fits)
        found: list[Match] = []
        for key in set[str].intersection(*having):
            words = self._words[key]
            best = [max(fit.get(word, 0.0) for word in words) for fit in fits]
            score = 0.4 * sum(best) / len(best) + 0.2 * min(1.0, len(firm) / len(words))
            found.append(Match(key, NEAR, score))
        return found

    def _fitting(self, word: str) -> Mapping[str, float]:
        """Return the known words that a word can mean, and how well they fit."""
        fits = dict.fromkeys(self._of_stem.get(stem(word), ()), _STEM)
        if len(word) >= _TYPO_FROM and not _has_digit(word):
            near = process.extract(word, self._having.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
            fits |= {other: _TYPO for other, _, _ in near if len(other) >= _TYPO_FROM - 1 and not _has_digit(other)}
        if word in self._having:
            fits[word] = _SAME
        return fits


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.casefold())


def _has_digit(word: str) -> bool:
    """Tell whether another letter would make it another number."""
    return any(letter.isdigit() for letter in word)


def stem(word: str) -> str:
    """Return what a word shares with others for the same: `prepar` of `prepared`, `mom` of `mum`."""
    if word in _SAME_THING:
        return _SAME_THING[word]
    if word.endswith("al") and len(word) - 2 >= _SHORTEST_OF_NOUN:
        word = word.removesuffix("al")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    if word.endswith("er") and len(word) - 2 >= _SHORTEST_STEM:  # "Watering" is of "water", whose own end goes as well.
        word = word.removesuffix("er")
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] else word
