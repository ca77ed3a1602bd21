"""Words for how much something matters."""

_LEVELS = {
    "high": "high", "top": "high", "highest": "high", "urgent": "high", "important": "high", "critical": "high",
    "very high": "high", "h": "high", "1": "high", "medium": "medium", "normal": "medium", "regular": "medium",
    "m": "medium", "2": "medium", "low": "low", "lowest": "low", "very low": "low", "l": "low", "3": "low",
    "no": "none",
    "none": "none", "unimportant": "low",
    "very important": "high", "urgently": "high", "max": "high", "maximum": "high", "minor": "low",
}  # fmt: skip


def read_level(word: str) -> str:
    """Return the priority that a word says, empty if it says none."""
    return _LEVELS.get(" ".join(word.lower().split()), "")
