"""Reads the tables of phrases and sentences beside it, and writes a When as they do."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant_app.language.when import When

# A Wednesday.
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table, each cut at its bars."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split(" | ")] for line in lines if line and not line.startswith("# ")]


def written(when: When | None) -> str:
    """Write a When as the tables do."""
    if when is None:
        return "-"
    fields = {
        "day": when.day,
        "time": when.time and f"{when.time:%H:%M}",
        "end_day": when.end_day,
        "end_time": when.end_time and f"{when.end_time:%H:%M}",
        "duration": when.duration and int(when.duration.total_seconds() // 60),
        "through": when.through,
        "repeat": when.repeat,
        "unclear": "yes" if when.unclear else "",
    }
    return " ".join(f"{name}={value}" for name, value in fields.items() if value)
