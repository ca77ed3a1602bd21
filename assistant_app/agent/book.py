"""The user's own objects as the built-in model looks them up, and the context that other models are told."""

from collections.abc import Sequence
from datetime import date

from assistant_app.llm.base import KINDS, Focus, Thing, ThingKind
from assistant_app.services import approvals, focus, references, task_lists, tasks
from assistant_app.services.focus import Ref
from assistant_app.services.references import FoundThing
from assistant_app.services.task_views import TaskView

_MOST_AT_ONCE = 500


class UserBook:
    """What one user has, as one conversation speaks of it.

    What a sentence asks for again and again is read once: after a change, open another one.
    """

    def __init__(self, user_id: str, conversation_id: str) -> None:
        """Look into nothing yet."""
        self.user_id = user_id
        self.conversation_id = conversation_id
        self._focus: Focus | None = None
        self._lists: Sequence[str] | None = None

    async def find(
        self, words: str, *, kinds: Sequence[ThingKind] = KINDS, done: bool | None = False
    ) -> Sequence[Thing]:
        """Return what the words can mean, the best fit first."""
        found = await references.find_things(user_id=self.user_id, words=words, kinds=tuple(kinds), done=done)
        return [_thing(one) for one in found]

    async def focus(self) -> Focus:
        """Return what this conversation talked about last; what is gone since is left out."""
        if self._focus is None:
            self._focus = await self._read_focus()
        return self._focus

    async def _read_focus(self) -> Focus:
        refs = await focus.get_focus(user_id=self.user_id, conversation_id=self.conversation_id)
        wanted = list(dict.fromkeys([*refs.shown, *refs.touched, *refs.candidates]))
        if not wanted:
            return Focus()
        found = await references.list_things(user_id=self.user_id, ids=[object_id for _, object_id in wanted])
        things = {(one.kind, one.id): _thing(one) for one in found}

        def pick(some: Sequence[Ref]) -> tuple[Thing, ...]:
            return tuple(things[ref] for ref in some if ref in things)  # pyright: ignore[reportArgumentType]

        return Focus(pick(refs.shown), pick(refs.touched), pick(refs.candidates))

    async def lists(self) -> Sequence[str]:
        """Return the titles of the user's lists of tasks."""
        if self._lists is None:
            self._lists = await task_lists.list_titles(user_id=self.user_id)
        return self._lists

    async def open_tasks(
        self, *, in_list: str = "", first: date | None = None, last: date | None = None
    ) -> Sequence[Thing]:
        """Return the open tasks of a list, or due on some days."""
        page = await tasks.list_tasks(
            user_id=self.user_id, list_title=in_list, due_from=first, due_to=last, limit=_MOST_AT_ONCE
        )
        return [
            Thing("task", task.number, task.id, task.title, list=task.list_title, when=_due(task))
            for task in page.tasks
        ]

    async def waiting(self) -> Sequence[str]:
        """Say what waits for the user's yes in this conversation."""
        found = await approvals.list_waiting(user_id=self.user_id, conversation_id=self.conversation_id)
        return [one.summary for one in found]


def _due(task: TaskView) -> str:
    if task.due_at is not None:
        return task.due_at.isoformat()
    return task.due_on.isoformat() if task.due_on else ""


def _thing(found: FoundThing) -> Thing:
    return Thing(
        kind=found.kind,
        number=found.number,
        id=found.id,
        title=found.title,
        done=found.done,
        score=found.score,
        list=found.list,
        when=found.when,
        repeats=found.repeats,
        ends=found.ends,
        repeat=found.repeat,
    )
