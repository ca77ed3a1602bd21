"""The user's own objects as the built-in model looks them up, and the context that other models are told."""

from collections.abc import Sequence

from assistant_app.llm.base import KINDS, Focus, Thing, ThingKind
from assistant_app.services import focus, references, task_lists
from assistant_app.services.focus import Ref
from assistant_app.services.references import FoundThing


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
    )
