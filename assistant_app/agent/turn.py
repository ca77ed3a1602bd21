"""One turn: from what was said so far to the model's answer, round after round of calls of tools."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from assistant_app import clock
from assistant_app.agent import policy
from assistant_app.agent.book import UserBook
from assistant_app.agent.calls import Caller
from assistant_app.agent.history import call_messages
from assistant_app.agent.prompt import alternating, count_tokens, fit, system_prompt
from assistant_app.errors import ModelCutError
from assistant_app.ids import new_id
from assistant_app.llm.base import (
    CONTINUE,
    CallInfo,
    ChatMessage,
    ChatModel,
    Decided,
    Finished,
    ModelEvent,
    SearchHit,
    Surroundings,
    TextDelta,
    ToolCallRequested,
    ToolSpec,
)
from assistant_app.services import accounts, providers, search, usage
from assistant_app.services.accounts import Person
from assistant_app.services.budget import Allowance
from assistant_app.services.tool_calls import CallView
from assistant_app.settings import get_settings

MOST_ROUNDS = 12
_MOST_CALLS = 100  # Of one round.
_HITS = 5
_PARAGRAPH = "\n\n"
_ROUNDS_NOTE = (
    f"This took {MOST_ROUNDS} rounds of calls without coming to an end, so it was stopped here. "
    "What the cards above say is done. Continue to have it go on."
)
_COST_NOTE = (
    "This answer has cost ${cost:.2f}, which is as much as one answer may, so it was stopped here. "
    "What the cards above say is done."
)


@dataclass(frozen=True)
class CallBegun:
    """A tool starts to work; `title` names it for people."""

    title: str


@dataclass(frozen=True)
class CallMade:
    """A call has its result, or waits for the user's yes."""

    call: CallView


Event = ModelEvent | CallBegun | CallMade


@dataclass(frozen=True)
class Place:
    """Where an answer is written. `first_step` and `said` count what it holds already: rounds, and characters.

    With an `allowance` it is unattended: a schedule asked for it, which may spend so much, and what writes has to wait.
    """

    conversation_id: str
    message_id: str
    question_id: str | None = None
    first_step: int = 0
    said: int = 0
    decided: tuple[Decided, ...] = ()
    dry_run: bool = False
    allowance: Allowance | None = None


@dataclass
class Answer:
    """A whole answer, as the terminal's one-turn command prints it. `cost` is in US dollars, None where unknown."""

    model: str
    text: str = ""
    calls: list[CallView] = field(default_factory=list[CallView])
    suggestions: tuple[str, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    duration_ms: int = 0


async def answer(
    *, person: Person, model: ChatModel, history: Sequence[ChatMessage], place: Place
) -> AsyncGenerator[Event]:
    """Stream the model's answer to a history; one that ends with a part of an answer is continued.

    The calls that it asks for are carried out in order, and the model goes on with their results, until it asks for
    none, one of them waits for the user, or a limit is reached.
    """
    rounds: list[_Round] = []
    try:
        async with aclosing(_answer(person, model, history, place, rounds)) as events:
            async for event in events:
                yield event
    finally:
        for one in rounds:
            await one.record()
        if place.allowance is not None:
            place.allowance.release()


async def _answer(
    person: Person, model: ChatModel, history: Sequence[ChatMessage], place: Place, rounds: "list[_Round]"
) -> AsyncGenerator[Event]:
    policies = await policy.read_policies(person.id)
    if place.allowance is not None:
        policies = policy.unattended(policies)
    tools = policy.offered(policies) if model.takes_tools else []
    caller = Caller(
        user_id=person.id,
        zone=person.zone,
        conversation_id=place.conversation_id,
        message_id=place.message_id,
        question_id=place.question_id,
        policies=policies,
        dry_run=place.dry_run,
    )
    around = await _surroundings(person, model, place)
    messages, said, spent = to_answer(history), place.said, 0.0
    for step in range(place.first_step, place.first_step + MOST_ROUNDS):
        one = _Round(person, model, tools, _call_info(person, place, around), place.allowance, spent)
        rounds.append(one)
        parted = not said or messages[-1].role != "tool"
        async with aclosing(one.stream(messages)) as events:
            async for event in events:
                if not parted and isinstance(event, TextDelta):
                    yield TextDelta(_PARAGRAPH)  # What is said after calls does not run on from what was said before.
                    said, parted = said + len(_PARAGRAPH), True
                yield event
        said += len(one.text)
        spent += one.cost
        if not one.asked:
            return
        if one.cost:  # What is free may be written down when the person has the answer.
            await one.record()
        made: list[CallView] = []
        for number, asked in enumerate(one.asked[:_MOST_CALLS]):
            known = policy.find_tool(asked.name)
            yield CallBegun(known.title if known else asked.name)
            made.append(await caller.call(asked, step=step, place=number, position=said))
            yield CallMade(made[-1])
        if any(call.status == "waiting" for call in made):
            return  # The answer goes on when the user has decided.
        if spent >= get_settings().most_cost_per_answer:
            raise ModelCutError(_COST_NOTE.format(cost=spent), provider=model.provider)
        messages = [*messages, *call_messages(one.text.strip(), made)]
        around = replace(around, decided=(), book=around.book and UserBook(person.id, place.conversation_id))
    raise ModelCutError(_ROUNDS_NOTE, provider=model.provider)


class _Round:
    """One call of the model: what it said, and which calls it asks for."""

    def __init__(
        self,
        person: Person,
        model: ChatModel,
        tools: Sequence[ToolSpec],
        call: CallInfo,
        allowance: Allowance | None,
        spent: float,
    ) -> None:
        self._person, self._model, self._tools, self._call = person, model, tools, call
        self._allowance, self._spent = allowance, spent
        self.text = ""
        self.asked: list[ToolCallRequested] = []
        self._finished: Finished | None = None
        self._sent: Sequence[ChatMessage] = ()
        self._started = self._ended = 0.0
        self._first_token: float | None = None
        self._recorded = False

    @property
    def cost(self) -> float:
        """What the call cost in US dollars, as far as that is known."""
        return (self._finished.cost or 0.0) if self._finished else 0.0

    async def stream(self, history: Sequence[ChatMessage]) -> AsyncGenerator[ModelEvent]:
        model = self._model
        messages = fit(
            history,
            system=await self._prompt(),
            context_tokens=model.context_tokens,
            count=model.count_tokens,
            tools=self._tools,
        )
        if self._allowance is not None:
            size = count_tokens(messages, count=model.count_tokens, tools=self._tools)
            await self._allowance.require(prompt_tokens=size, spent=self._spent)
        self._sent, self._started = messages, clock.monotonic()
        try:
            async with aclosing(model.stream(messages, self._tools, call=self._call)) as events:
                async for event in events:
                    if self._first_token is None:
                        self._first_token = clock.monotonic()
                    if isinstance(event, TextDelta):
                        self.text += event.text
                    elif isinstance(event, ToolCallRequested):
                        self.asked.append(event)
                        continue
                    elif isinstance(event, Finished):
                        self._finished = event
                    yield event
        finally:
            self._ended = clock.monotonic()

    async def _prompt(self) -> str:
        if self._model.name == providers.BUILTIN or not self._tools:
            return system_prompt(self._person)
        book = UserBook(self._person.id, self._call.conversation_id)
        return system_prompt(self._person, focus=await book.focus())

    async def record(self) -> None:
        """Write down, once, what the call used.

        One that was stopped cost something, too; the provider just never said how much.
        """
        if self._recorded or self._first_token is None:
            return
        self._recorded = True
        finished, count = self._finished, self._model.count_tokens
        await usage.record_usage(
            user_id=self._person.id,
            model=self._model.name,
            kind=self._call.kind,
            schedule_id=self._allowance.schedule_id if self._allowance else "",
            conversation_id=self._call.conversation_id,
            prompt_tokens=finished.prompt_tokens if finished else sum(count(message.text) for message in self._sent),
            completion_tokens=finished.completion_tokens if finished else 0,
            cost=finished.cost if finished else None,
            first_token_ms=round((self._first_token - self._started) * 1000),
            duration_ms=round((self._ended - self._started) * 1000),
        )


async def answer_once(
    *, user_id: str, question: str, model: str = "", dry_run: bool = False
) -> AsyncGenerator[TextDelta | CallMade | Answer]:
    """Answer one question outside any conversation: pieces of text, calls, and at last the whole Answer."""
    person = await accounts.get_person(user_id=user_id)
    name = model or await providers.default_model(user_id=user_id)
    chosen = await providers.resolve_model(user_id=user_id, model=name)
    whole, started = Answer(model=name), clock.monotonic()
    place = Place(new_id("ask"), new_id("msg"), dry_run=dry_run)
    history = [ChatMessage("user", question)]
    async with aclosing(answer(person=person, model=chosen, history=history, place=place)) as events:
        async for event in events:
            if isinstance(event, TextDelta):
                whole.text += event.text
                yield event
            elif isinstance(event, CallMade):
                whole.calls.append(event.call)
                yield event
            elif isinstance(event, Finished):
                whole.prompt_tokens += event.prompt_tokens
                whole.completion_tokens += event.completion_tokens
                whole.suggestions = event.suggestions
                if event.cost is not None:
                    whole.cost = (whole.cost or 0.0) + event.cost
    whole.duration_ms = _millis_since(started)
    yield whole


def to_answer(history: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Return the history as a request; a part of an answer at its end is asked to be continued."""
    joined = alternating(history)
    if joined and joined[-1].role == "assistant":
        joined.append(ChatMessage("user", CONTINUE))
    return joined


def _call_info(person: Person, place: Place, around: Surroundings) -> CallInfo:
    kind = "chat" if place.allowance is None else "job"
    return CallInfo(person.id, place.conversation_id, kind, around)


async def _surroundings(person: Person, model: ChatModel, place: Place) -> Surroundings:
    if model.name != providers.BUILTIN:
        return Surroundings(user_name=person.name, zone=person.zone)

    async def look(query: str) -> list[SearchHit]:
        found = await search.search(user_id=person.id, query=query, limit=_HITS)
        return [
            SearchHit(hit.conversation_id, hit.title, "".join(part.text for part in hit.snippet), hit.at)
            for hit in found
        ]

    choices = await providers.list_models(user_id=person.id)
    return Surroundings(
        user_name=person.name,
        zone=person.zone,
        other_models=len(choices) > 1,
        search=look,
        book=UserBook(person.id, place.conversation_id),
        decided=place.decided,
    )


def _millis_since(start: float) -> int:
    return round((clock.monotonic() - start) * 1000)
