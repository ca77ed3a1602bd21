"""Greetings, thanks, who is who, and what this model can do."""

from assistant_app import clock
from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.grammar import match
from assistant_app.llm.builtin.hearing import Heard
from assistant_app.llm.builtin.phrases import SMALLTALK


async def understand(heard: Heard, call: CallInfo) -> str | None:
    """Answer a whole phrase of small talk."""
    for phrases, reply in SMALLTALK:
        if match(heard, phrases) is not None:
            return _filled(reply, call)
    return None


def _filled(reply: str, call: CallInfo) -> str:
    around = call.surroundings
    return reply.format(
        greeting=_greeting(around.zone),
        name=f", {around.user_name}" if around.user_name else "",
        you_are=f"You are {around.user_name}." if around.user_name else "I do not know your name.",
        more=(
            "For open questions, writing and code, pick another model in the model selector."
            if around.other_models
            else "For open questions, writing and code, connect a model under [Settings > Models](/settings/models)."
        ),
    )


def _greeting(zone: str) -> str:
    hour = clock.local_now(zone).hour
    return "Good morning" if 5 <= hour < 12 else "Good afternoon" if 12 <= hour < 18 else "Good evening"
