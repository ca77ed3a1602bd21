"""What a person's words mean among their own tasks, reminders and events."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from assistant_app import clock
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.models import Event, Reminder, Task
from assistant_app.repositories import database
from assistant_app.repositories import references as queries
from assistant_app.repositories import tasks as task_queries
from assistant_app.repositories.references import KINDS, Kind, Titled
from assistant_app.services.event_times import local_start
from assistant_app.services.task_views import quoted, zone_of
from assistant_app.services.title_index import current_index
from assistant_app.services.title_matches import EXACT, Match
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc

_NUMBER = re.compile(
    r"(?:the\s+)?(?P<kind>task|todo|reminder|event)?\s*(?:number|no\.?|nr\.?)?\s*#?\s*(?P<number>\d{1,9})"
)
_ID = re.compile(r"(?:tsk|rem|evt)_[0-9a-z]+")
_MOST_CANDIDATES = 8


@dataclass(frozen=True)
class FoundThing:
    """Something that words can mean; `score` is 1 if they are its number, id or title.

    `when` is the ISO day or moment, with the offset of the user's zone, at which it is due or comes next, and `ends`
    the moment at which an event that is not of whole days ends then. `repeat` is the rule by which it `repeats`.
    """

    kind: Kind
    number: int
    id: str
    title: str
    done: bool
    score: float
    list: str = ""
    when: str = ""
    repeats: bool = False
    ends: str = ""
    repeat: str = ""


class AmbiguousError(ConflictError):
    """Several things fit equally well; `candidates` are they, best first."""

    def __init__(self, message: str, candidates: Sequence[FoundThing]) -> None:
        """Keep what can be meant beside the sentence."""
        super().__init__(message)
        self.candidates = tuple(candidates)


async def find_things(
    *, user_id: str, words: str, kinds: Sequence[str] = KINDS, done: bool | None = False, limit: int = 20
) -> list[FoundThing]:
    """Return what the words can mean, best first: a number, an id, a title, or words of one.

    `done` says whether done things are meant; a number or an id means what has it, done or not.
    """
    async with database.read() as session:
        return [thing for thing, _ in await _find(session, user_id, words, kinds, done, limit)]


async def resolve(*, user_id: str, words: str, kind: str, done: bool | None = False) -> FoundThing:
    """Return the one thing of a kind that the words mean, or raise NotFoundError or AmbiguousError."""
    async with database.read() as session:
        found = await _find(session, user_id, words, (kind,), done, _MOST_CANDIDATES)
    if not found:
        state = {True: "done ", False: "open " if kind == "task" else "", None: ""}[done]
        raise NotFoundError(f"There is no {state}{kind} {quoted(words.strip()[:80])}.")
    best = [thing for thing, tier in found if tier == found[0][1]]
    if len(best) > 1:
        raise AmbiguousError(f"{quoted(words.strip()[:80])} can mean several {kind}s. Say which one.", best)
    return best[0]


async def list_things(*, user_id: str, ids: Sequence[str]) -> list[FoundThing]:
    """Return the things with these ids, in this order, without those that are gone."""
    async with database.read() as session:
        named = {row.id: row for row in await queries.list_named(session, user_id=user_id, kinds=KINDS, ids=ids)}
        found = [(named[row_id], Match(row_id, EXACT, 1.0)) for row_id in ids if row_id in named]
        return [thing for thing, _ in await _things(session, user_id, found)]


async def _find(
    session: AsyncSession, user_id: str, words: str, kinds: Sequence[str], done: bool | None, limit: int
) -> list[tuple[FoundThing, int]]:
    if named := await _named(session, user_id, words.strip().lower(), kinds):
        return await _things(session, user_id, [(row, Match(row.id, EXACT, 1.0)) for row in named])
    index = await current_index(session, user_id=user_id)
    return await _things(session, user_id, index.find(words, kinds=kinds, done=done)[:limit])


async def _named(session: AsyncSession, user_id: str, words: str, kinds: Sequence[str]) -> list[Titled]:
    """Return what has the number or the id that the words are."""
    if _ID.fullmatch(words):
        return await queries.list_named(session, user_id=user_id, kinds=kinds, ids=[words])
    match = _NUMBER.fullmatch(words)
    if match is None:
        return []
    said = {"todo": "task"}.get(match["kind"] or "", match["kind"])
    meant = [kind for kind in kinds if said in (None, kind)]
    return await queries.list_named(session, user_id=user_id, kinds=meant, number=int(match["number"]))


async def _things(
    session: AsyncSession, user_id: str, found: Sequence[tuple[Titled, Match]]
) -> list[tuple[FoundThing, int]]:
    if not found:
        return []
    zone = await zone_of(session, user_id=user_id)
    rows = await queries.list_rows(session, user_id=user_id, ids=[row.id for row, _ in found])
    lists = {row.id: row.title for row in await task_queries.list_lists(session, user_id=user_id)}
    things: list[tuple[FoundThing, int]] = []
    for titled, match in found:
        row = rows.get(titled.id)
        if row is None:
            continue
        title = lists.get(row.list_id or "", "") if isinstance(row, Task) else ""
        thing = FoundThing(
            titled.kind, titled.number, titled.id, titled.title, titled.done, match.score, title, _when(row, zone),
            repeats=bool(row.repeat), ends=_ends(row, zone), repeat=row.repeat,
        )  # fmt: skip
        things.append((thing, match.tier))
    return things


def _ends(row: Task | Reminder | Event, zone: str) -> str:
    if not isinstance(row, Event) or row.all_day:
        return ""
    begins = datetime.fromisoformat(_when(row, zone)).astimezone(UTC)
    return to_local(begins + (row.ends_at - row.starts_at), zone).isoformat()


def _when(row: Task | Reminder | Event, zone: str) -> str:
    if isinstance(row, Task):
        due = row.due_on if row.due_at is None else to_local(row.due_at, zone)
        return due.isoformat() if due else ""
    if isinstance(row, Reminder):
        return to_local(row.next_at or row.starts_at, zone).isoformat()
    starts_at = row.starts_at
    if row.repeat and row.ends_at < clock.now():
        start = local_start(row, row.zone)
        before = to_local(clock.now(), row.zone).replace(tzinfo=None) - timedelta.resolution
        following = recurrence.following(row.repeat, start=start, after=before)
        starts_at = starts_at if following is None else to_utc(following, row.zone)
    local = to_local(starts_at, row.zone if row.all_day else zone)
    return local.date().isoformat() if row.all_day else local.isoformat()
