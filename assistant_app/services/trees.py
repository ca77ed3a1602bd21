"""A conversation's messages as a tree: who follows whom, and which branch is shown.

A message is always numbered after its parent, so that the highest number of a subtree is a leaf of it,
and the place where somebody wrote last.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Node(Protocol):
    """What the functions here need of a message."""

    @property
    def id(self) -> str:
        """Its own id."""
        ...

    @property
    def parent_id(self) -> str | None:
        """The message that it follows; None for a first one."""
        ...


N = TypeVar("N", bound=Node)


def branch(nodes: Iterable[N], leaf_id: str | None) -> list[N]:
    """Return the messages from the first one down to the leaf."""
    by_id = {node.id: node for node in nodes}
    path: list[N] = []
    while leaf_id is not None and leaf_id in by_id:
        path.append(by_id[leaf_id])
        leaf_id = path[-1].parent_id
    return path[::-1]


def newest_leaf(nodes: Sequence[Node], top_id: str | None) -> str | None:
    """Return the newest message at or below `top_id`; of all messages if that is None. `nodes` are in order."""
    if top_id is None:
        return nodes[-1].id if nodes else None
    below, newest = {top_id}, top_id
    for node in nodes:
        if node.parent_id in below:
            below.add(node.id)
            newest = node.id
    return newest
