"""A task from one line."""

from datetime import date, time

import pytest

from assistant_app.language.quick_add import read_task
from tests.language.tables import NOW

LISTS = ["Groceries", "Work stuff", "Home"]


def test_all_pieces_of_a_line_are_read() -> None:
    task = read_task("buy milk tomorrow 5pm #groceries !high every week", NOW, LISTS)
    assert (task.title, task.list_name, task.priority) == ("buy milk", "Groceries", "high")
    assert (task.due_on, task.due_time, task.repeat) == (date(2026, 11, 19), time(17), "FREQ=WEEKLY")
    assert [(piece.kind, piece.text) for piece in task.understood] == [
        ("when", "tomorrow 5pm"),
        ("list", "#groceries"),
        ("priority", "!high"),
        ("repeat", "every week"),
    ]


def test_pieces_tell_where_they_stand() -> None:
    line = "Remind me to call mom tomorrow at 5 #home // ask about the cake"
    task = read_task(line, NOW, LISTS)
    assert (task.title, task.remind, task.notes) == ("call mom", True, "ask about the cake")
    assert [line[piece.start : piece.end].strip() for piece in task.understood] == [
        "Remind me to",
        "tomorrow at 5",
        "#home",
        "// ask about the cake",
    ]


@pytest.mark.parametrize(
    ("line", "title", "list_name"),
    [
        ("buy milk to groceries", "buy milk", "Groceries"),
        ("add eggs to the groceries list friday", "eggs", "Groceries"),
        ("call Bob #work-stuff", "call Bob", "Work stuff"),
        ("learn to knit #hobbies", "learn to knit", "hobbies"),
        ("write to Anna", "write to Anna", ""),
        ("review PR #42", "review PR #42", ""),
        ("C# course", "C# course", ""),
    ],
)
def test_list_is_read(line: str, title: str, list_name: str) -> None:
    task = read_task(line, NOW, LISTS)
    assert (task.title, task.list_name) == (title, list_name)


@pytest.mark.parametrize(
    ("line", "priority"),
    [
        ("pay !high", "high"), ("pay !urgent", "high"), ("pay !1", "high"), ("pay !!!", "high"), ("pay !!", "medium"),
        ("pay !low", "low"), ("pay, high priority", "high"), ("pay with low priority", "low"), ("pay now!", "none"),
        ("!med pay", "medium"), ("stop!important things", "none"),
    ],
)  # fmt: skip
def test_priority_is_read(line: str, priority: str) -> None:
    assert read_task(line, NOW).priority == priority


def test_what_is_unclear_stays_in_the_title() -> None:
    task = read_task("water the plants twice a week", NOW)
    assert (task.title, task.due_on, task.repeat) == ("water the plants twice a week", None, "")


@pytest.mark.parametrize("line", ["tomorrow", "#groceries", "!high", "remind me to", "milk"])
def test_title_is_never_empty(line: str) -> None:
    assert read_task(line, NOW, LISTS).title
