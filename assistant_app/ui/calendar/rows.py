"""What the calendar's page knows of days and of what is on them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thing:
    """An event, a task that is due or a reminder, on one day.

    `key` tells it from all others on the page. `time` is when it begins, `hours` how long it lasts, `facts` where it
    is or what it belongs to, `label` all of that for a screen reader. `occurrence` is when an event begins here, or a
    reminder that repeats comes and can be skipped, by the person's clock. A reminder is `open` while it can be
    answered.
    """

    key: str
    kind: str
    id: str
    day: str
    title: str
    time: str
    hours: str
    facts: str
    label: str
    done: bool
    overdue: bool
    open: bool
    occurrence: str


@dataclass(frozen=True)
class Cell:
    """One day of the month's grid; `more` things do not fit beside the `shown` ones."""

    day: str
    number: int
    label: str
    is_today: bool
    is_outside: bool
    shown: list[Thing]
    more: int


@dataclass(frozen=True)
class Week:
    """One line of the month's grid."""

    first: str
    cells: list[Cell]


@dataclass(frozen=True)
class Day:
    """One day of the agenda."""

    day: str
    name: str
    date: str
    is_today: bool
    things: list[Thing]
