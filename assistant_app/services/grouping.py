"""What was asked for many people at once, sorted out again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

Row = TypeVar("Row")


class _Owned(Protocol):
    @property
    def user_id(self) -> str: ...


OwnedRow = TypeVar("OwnedRow", bound=_Owned)


def by_user(rows: Iterable[OwnedRow]) -> Mapping[str, list[OwnedRow]]:
    """Return, by user, the rows that are theirs, in the same order; who has none has an empty list."""
    return grouped(rows, lambda row: row.user_id)


def grouped(rows: Iterable[Row], owner: Callable[[Row], str]) -> Mapping[str, list[Row]]:
    """Return rows by what they belong to, in the same order; to what nothing belongs has an empty list."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[owner(row)].append(row)
    return groups
