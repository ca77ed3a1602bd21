"""The skill that looks after tasks, reminders, events and lists: it calls tools, and words what they give back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant_app import clock
from assistant_app.llm.base import Book, CallInfo, ChatMessage, Focus, Thing, ThingKind, ToolCallRequested, ToolSpec
from assistant_app.llm.builtin.continuing import read_continued
from assistant_app.llm.builtin.followups import FollowUp, read_followup
from assistant_app.llm.builtin.instructions import hear_wish
from assistant_app.llm.builtin.moments import Moments
from assistant_app.llm.builtin.plans import Plan
from assistant_app.llm.builtin.readings import Place, read
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.replies import results_decided, results_of, word
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.understanding import understand

_PART = re.compile(r"\b(morning|afternoon|evening|tonight)\b", re.IGNORECASE)
_REFUSED = "All right, nothing changes."
_NO_TOOLS = "I cannot look after tasks, reminders and events in this chat: no tools are at hand here."
_OFF = (
    "I would use *{tool}* for that, which is turned off. You can turn it on under [Settings > Tools](/settings/tools)."
)


@dataclass(frozen=True)
class Response:
    """What this skill has to say or to call."""

    text: str = ""
    calls: tuple[ToolCallRequested, ...] = ()
    suggestions: tuple[str, ...] = ()


class _EmptyBook:
    """Stands in where no objects can be looked up."""

    async def find(self, words: str, *, kinds: Sequence[ThingKind] = (), done: bool | None = False) -> Sequence[Thing]:  # noqa: ARG002 - of the protocol
        return ()

    async def focus(self) -> Focus:
        return Focus()

    async def lists(self) -> Sequence[str]:
        return ()

    async def open_tasks(
        self,
        *,
        in_list: str = "",  # noqa: ARG002 - of the protocol
        first: date | None = None,  # noqa: ARG002 - of the protocol
        last: date | None = None,  # noqa: ARG002 - of the protocol
    ) -> Sequence[Thing]:
        return ()

    async def waiting(self) -> Sequence[str]:
        return ()


async def report(messages: Sequence[ChatMessage], call: CallInfo) -> Response | None:
    """Word the results of calls that have just been made or decided, if there are any."""
    results = results_of(messages)
    if not results and call.surroundings.decided and messages and messages[-1].role == "user":
        results = results_decided(call.surroundings.decided)
    if not results:
        return None
    said = next((message.text for message in reversed(messages) if message.role == "user"), "")
    answer = word(results, question=_question(said, call))
    return Response(answer.text, suggestions=answer.suggestions)


async def follow_up(messages: Sequence[ChatMessage], tools: Sequence[ToolSpec], call: CallInfo) -> Response | None:
    """Understand the answer to a question of ours."""
    moments = _moments(call)
    followup = read_followup(messages, moments)
    if followup is None and (continued := read_continued(messages, moments)):
        followup = FollowUp(continued)
    if followup is None:
        return None
    if followup.refused:
        return Response(_REFUSED)
    return await _respond(followup, messages, tools, call)


async def respond(messages: Sequence[ChatMessage], tools: Sequence[ToolSpec], call: CallInfo) -> Response | None:
    """Understand the last message, None if it is about none of the user's objects."""
    said = next((message.text for message in reversed(messages) if message.role == "user"), "")
    return await _respond(FollowUp(said), messages, tools, call)


async def _respond(
    said: FollowUp, messages: Sequence[ChatMessage], tools: Sequence[ToolSpec], call: CallInfo
) -> Response | None:
    book: Book = call.surroundings.book or _EmptyBook()
    talk = Talk(
        book,
        await book.focus(),
        _moments(call),
        await book.lists(),
        last_list=_last_list(messages),
        confirmed=said.confirmed,
    )
    plan = await understand(said.text, talk, meaning=said.meaning)
    return _response(plan, {tool.name for tool in tools}, len(messages)) if plan else None


def _response(plan: Plan, tools: set[str], turn: int) -> Response:
    if plan.calls and not tools:
        return Response(_NO_TOOLS)
    calls = tuple(
        ToolCallRequested(f"call_{turn}_{number}", one.name, one.arguments)
        for number, one in enumerate(plan.calls, 1)
        if one.name in tools
    )
    off = dict.fromkeys(one.name for one in plan.calls if one.name not in tools)
    said = [plan.say, *(_OFF.format(tool=name.replace("_", " ")) for name in off)]
    return Response("\n\n".join(filter(None, said)), calls, () if calls else plan.suggestions)


def _last_list(messages: Sequence[ChatMessage]) -> str:
    """Return the list that the last answer with calls was about."""
    made = next((message.tool_calls for message in reversed(messages) if message.tool_calls), ())
    names = [one.arguments.get("name" if one.name == "add_list" else "list") for one in made]
    return next((str(name) for name in names if name), "")


def _question(text: str, call: CallInfo) -> str:
    """Return how the person asked for a look, because that decides how the answer begins."""
    readings = read(hear_wish(Sentence(text)).sentence, Place(_moments(call)))
    slots = readings[0].slots if readings else dict[str, str]()
    if slots.get("free") == "yes" and (part := _PART.search(slots.get("range", ""))):
        return part[1].lower()
    return next(
        (name for name in ("count", "free", "next") if slots.get(name) == "yes"),
        "high" if slots.get("priority") == "high" else "",
    )


def _moments(call: CallInfo) -> Moments:
    return Moments(clock.local_now(call.surroundings.zone))
