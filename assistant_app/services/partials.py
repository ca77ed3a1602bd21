"""What answers have so far, kept in transactions that they share.

Every answer is saved twice a second while it is written. With many at once, a transaction for each would keep the
database's only writer so busy that questions wait for it. So those that come within a moment go in one.
"""

import asyncio
from dataclasses import dataclass, field

from assistant_app.repositories import database, runs

_MOMENT = 0.05  # Seconds that a save waits for others.


@dataclass(frozen=True)
class Partial:
    """The text of an answer that goes on."""

    user_id: str
    run_id: str
    text: str
    reasoning: str


@dataclass
class _Group:
    """Saves that go together, each with a future that will tell whether its run was still there."""

    saves: list[tuple[Partial, asyncio.Future[bool]]] = field(
        default_factory=list[tuple[Partial, asyncio.Future[bool]]]
    )
    task: asyncio.Task[None] | None = None

    async def write(self) -> None:
        await asyncio.sleep(_MOMENT)
        _open.clear()
        # Who was cancelled meanwhile has ended its run, and stored the whole text itself.
        wanted = [(partial, future) for partial, future in self.saves if not future.done()]
        try:
            found = await _write([partial for partial, _ in wanted]) if wanted else []
        except Exception as error:  # noqa: BLE001 - it is raised where the save was asked for
            for _, future in wanted:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), saved in zip(wanted, found, strict=True):
            if not future.done():
                future.set_result(saved)


_open: list[_Group] = []


async def save(partial: Partial) -> bool:
    """Store a part of an answer together with others'; False if its run has ended or is gone."""
    # A group whose task has ended belongs to an event loop that is gone.
    if not _open or _open[0].task is None or _open[0].task.done():
        group = _Group()
        group.task = asyncio.create_task(group.write())
        _open[:] = [group]
    future = asyncio.get_running_loop().create_future()
    _open[0].saves.append((partial, future))
    return await future


async def _write(partials: list[Partial]) -> list[bool]:
    async with database.write() as session:
        return [
            await runs.save_text(
                session, user_id=one.user_id, run_id=one.run_id, text=one.text, reasoning=one.reasoning
            )
            for one in partials
        ]
