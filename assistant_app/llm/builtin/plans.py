"""What is to happen for a clause: calls of tools, or something to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.questions import DO_IT
from assistant_app.llm.builtin.wording import line_of, quoted


@dataclass(frozen=True)
class Call:
    """A call of a tool before it has an id."""

    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """Calls to make, or words to say instead. A plan that is not `sure` gives way to another reading's."""

    calls: tuple[Call, ...] = ()
    say: str = ""
    suggestions: tuple[str, ...] = ()
    sure: bool = True
    about: tuple[Thing, ...] = ()


def call(name: str, /, **arguments: Any) -> Call:
    """Return a call with the arguments that were said: empty ones are left out."""
    return Call(name, {key.rstrip("_"): value for key, value in arguments.items() if value not in ("", None)})


def one(name: str, /, **arguments: Any) -> Plan:
    """Return the plan of one call."""
    return Plan((call(name, **arguments),))


def ask_first(plan: Plan, before: str = "") -> Plan:
    """Ask before the calls of a plan are made; a yes makes them."""
    return Plan(say=f"{before} {DO_IT}".strip(), suggestions=("Yes", "No"), about=plan.about)


def ask_which(verb: str, rivals: Sequence[Thing]) -> Plan:
    """Ask which one of several is meant; the lines are read again when the answer comes."""
    shown = rivals[:6]
    lines = "\n".join(f"- {line_of(thing)}" for thing in shown)
    return Plan(
        say=f"Which one should I {verb}?\n\n{lines}",
        suggestions=tuple(f"{verb.capitalize()} {thing.number}" for thing in shown[:4]),
    )


def not_found(words: str, what: str = "open task, reminder or event") -> Plan:
    """Say that nothing fits."""
    return Plan(say=f"I found no {what} like {quoted(words)}, so I changed nothing.", sure=False)
