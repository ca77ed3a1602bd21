"""Suggestions by plain rules: at most a new one a day, each with its reason, and fewer of what people want less of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant_app import bus, clock
from assistant_app.errors import ConflictError, InvalidInputError
from assistant_app.models import InboxItem
from assistant_app.repositories import database
from assistant_app.repositories import inbox as inbox_queries
from assistant_app.repositories import suggestions as queries
from assistant_app.repositories import tasks as task_queries
from assistant_app.services import inbox, inbox_items, tasks
from assistant_app.services.inbox import ItemView
from assistant_app.services.ledger import PAGE, Origin
from assistant_app.services.suggestion_rules import RULES, Found, Look, Rule
from assistant_app.services.task_views import TaskChanges, quoted, zone_of
from assistant_app.times import recurrence
from assistant_app.times.zones import to_local, to_utc

TOPIC = "suggestions"
# How far apart two suggestions of a rule are at least, by how much of them is wanted.
_DISTANCE = {1.0: timedelta(days=1), 0.5: timedelta(weeks=1), 0.25: timedelta(days=30)}
_OFTEN = {1.0: "at most once a day", 0.5: "at most once a week", 0.25: "at most once a month", 0.0: "never"}
_LESS = {1.0: 0.5, 0.5: 0.25, 0.25: 0.0, 0.0: 0.0}


@dataclass(frozen=True)
class Suggestion:
    """Something worth a thought; `why` says by what it is shown. `key` names the matter in the inbox."""

    rule: str
    key: str
    title: str
    text: str
    why: str
    weight: float
    subject_id: str
    data: dict[str, Any]


@dataclass(frozen=True)
class RuleWeight:
    """How much somebody wants suggestions of a rule: 1, 0.5, 0.25 or 0; `often` says what that means."""

    rule: str
    about: str
    weight: float
    often: str


async def find_suggestions(*, user_ids: Collection[str], zone: str, at: datetime) -> dict[str, list[Suggestion]]:
    """Return, by user, what could be suggested and was not answered yet, what is wanted most first.

    All of the users live in one zone.
    """
    async with database.read() as session:
        items = await queries.list_items(session, user_ids=user_ids)
        found = await _find(Look(session, user_ids, zone, at))
    answered = {(item.user_id, item.key) for item in items if item.state not in inbox_queries.OPEN}
    return {user_id: [each for each in own if (user_id, each.key) not in answered] for user_id, own in found.items()}


async def bring_suggestions(*, user_id: str, at: datetime) -> int:
    """Put one suggestion into the inbox if none came today, close those without reason; return how many came."""
    async with database.transaction() as session:
        zone = await zone_of(session, user_id=user_id)
        found = (await _find(Look(session, [user_id], zone, at)))[user_id]
        items = await queries.list_items(session, user_ids=[user_id], lock=True)
        _close_gone(items, {each.key for each in found})
        chosen = next((each for each in found if _may_come(each, items, at, zone)), None)
        if chosen is not None:
            await inbox_items.put_item(
                session,
                inbox_items.Matter(
                    user_id=user_id,
                    kind="suggestion",
                    key=chosen.key,
                    title=chosen.title,
                    text=chosen.text,
                    why=chosen.why,
                    subject_id=chosen.subject_id,
                    data=chosen.data,
                ),
            )
        bus.publish(user_id, inbox_items.TOPIC)
    return chosen is not None


async def act(*, user_id: str, item_id: str, action: str, origin: Origin = PAGE) -> str:
    """Do what a suggestion offers, or ask for less of its kind; return what was done in a sentence."""
    async with database.transaction():
        item = await inbox.get_item(user_id=user_id, item_id=item_id)
        if item.kind != "suggestion" or item.data.get("rule") not in RULES:
            raise InvalidInputError("That is no suggestion.")
        if item.state not in inbox_queries.OPEN:
            raise ConflictError(f"That was {item.state} already.")
        if action not in {offered["name"] for offered in item.data["actions"]}:
            raise InvalidInputError("This suggestion does not offer that. Choose one of its buttons.")
        if action == "less":
            await inbox.dismiss_item(user_id=user_id, item_id=item_id, origin=origin)
            return await _want_less(user_id, item.data["rule"])
        said = await (_repeat if action == "repeat" else _undate)(user_id, item, origin)
        await inbox.resolve_item(user_id=user_id, item_id=item_id, origin=origin)
    return said


async def list_weights(*, user_id: str) -> list[RuleWeight]:
    """Return how much of each rule a user wants."""
    async with database.read() as session:
        weights = await queries.list_weights(session, user_ids=[user_id])
    return [_weight(rule, weights.get((user_id, rule.name), 1.0)) for rule in RULES.values()]


async def set_weight(*, user_id: str, rule: str, weight: float) -> RuleWeight:
    """Set how much of a rule a user wants: 1, 0.5, 0.25 or 0."""
    if rule not in RULES or weight not in _LESS:
        raise InvalidInputError("Suggestions of a kind are wanted fully (1), less (0.5 or 0.25) or not at all (0).")
    async with database.write() as session:
        await queries.put_weight(session, user_id=user_id, rule=rule, weight=weight, at=clock.now())
    bus.publish(user_id, TOPIC)
    return _weight(RULES[rule], weight)


async def _find(look: Look) -> dict[str, list[Suggestion]]:
    """Return what each rule finds about those who want to hear of it, what is wanted most first."""
    changed = await queries.list_weights(look.session, user_ids=look.user_ids)
    found: dict[str, list[Suggestion]] = {user_id: [] for user_id in look.user_ids}
    for rule in RULES.values():
        weights = {user_id: changed.get((user_id, rule.name), 1.0) for user_id in look.user_ids}
        wanting = [user_id for user_id, weight in weights.items() if weight]
        for user_id, matters in (await rule.find(replace(look, user_ids=wanting))).items():
            strongest = sorted(matters, key=lambda each: -each.strength)
            found[user_id] += [_suggestion(rule, each, weights[user_id]) for each in strongest]
    return {user_id: sorted(own, key=lambda each: -each.weight) for user_id, own in found.items()}


def _suggestion(rule: Rule, found: Found, weight: float) -> Suggestion:
    objects = found.data["objects"]
    own = found.data.get("actions", [])
    less = {"name": "less", "label": "Less like this"}
    return Suggestion(
        rule=rule.name,
        key=f"suggestion:{rule.name}:{found.key}",
        title=found.title,
        text=found.text,
        why=found.why,
        weight=weight,
        subject_id=objects[0]["id"] if objects else "",
        data={**found.data, "rule": rule.name, "actions": [*own, less]},
    )


def _may_come(suggestion: Suggestion, items: Sequence[InboxItem], at: datetime, zone: str) -> bool:
    """Tell whether a matter is new, and enough time has passed since the last one and the last one of its rule."""
    midnight = to_utc(datetime.combine(to_local(at, zone).date(), time()), zone)
    if any(item.key == suggestion.key or item.created_at >= midnight for item in items):
        return False
    of_rule = [item for item in items if item.key.startswith(f"suggestion:{suggestion.rule}:")]
    # Half a day more or less in when a day's suggestion comes is the same distance.
    distance = _DISTANCE[suggestion.weight] - timedelta(hours=12)
    return all(at - item.created_at >= distance for item in of_rule)


def _close_gone(items: Sequence[InboxItem], keys: set[str]) -> None:
    for item in items:
        if item.state in inbox_queries.OPEN and item.key not in keys:
            item.state, item.resolved_at = "done", clock.now()


async def _want_less(user_id: str, rule: str) -> str:
    async with database.read() as session:
        weights = await queries.list_weights(session, user_ids=[user_id])
    changed = await set_weight(user_id=user_id, rule=rule, weight=_LESS[weights.get((user_id, rule), 1.0)])
    return f"Suggestions about {changed.about} now come {changed.often}."


async def _undate(user_id: str, item: ItemView, origin: Origin) -> str:
    task = await tasks.update_task(
        user_id=user_id, task_id=item.subject_id, changes=TaskChanges(due=None), origin=origin
    )
    return f"{quoted(task.title)} is not due any more."


async def _repeat(user_id: str, item: ItemView, origin: Origin) -> str:
    """Have the open task of that title repeat; if there is none, add one like the last that was done."""
    title, repeat = item.data["title"], item.data["repeat"]
    async with database.read() as session:
        today = to_local(clock.now(), await zone_of(session, user_id=user_id)).date()
        opened = await queries.list_open_titled(session, user_ids=[user_id], titles=[title])
        last = await queries.find_done_titled(session, user_id=user_id, title=title)
        lists = {row.id: row.title for row in await task_queries.list_lists(session, user_id=user_id)}
    due = _next_day(repeat, date.fromisoformat(item.data["last"]), today)
    often = recurrence.describe(repeat)
    if opened:
        changes = TaskChanges(repeat=repeat) if opened[0].due_on else TaskChanges(repeat=repeat, due=due)
        await tasks.update_task(user_id=user_id, task_id=opened[0].id, changes=changes, origin=origin)
        return f"{quoted(title)} now repeats {often}."
    list_title = lists.get(last.list_id or "", "") if last else ""
    await tasks.add_task(user_id=user_id, title=title, due=due, repeat=repeat, list_title=list_title, origin=origin)
    return f"Added {quoted(title)}, {often}."


def _next_day(repeat: str, last: date, today: date) -> date:
    """Return the first day from today on that is in the rhythm of the last time."""
    start = datetime.combine(last, time())
    after = max(start, datetime.combine(today, time()) - timedelta.resolution)
    found = recurrence.following(repeat, start=start, after=after)
    return found.date() if found else today


def _weight(rule: Rule, weight: float) -> RuleWeight:
    return RuleWeight(rule.name, rule.about, weight, _OFTEN[weight])
