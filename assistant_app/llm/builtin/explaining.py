"""Answers how something is said: "how would I tell you to clear my done tasks?" wants the words, and nothing done."""

import re

from assistant_app.llm.builtin.plans import Plan
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.wording import escaped

_HOW = re.compile(
    r" (?:(?:ok|so|and|hey|just|but|wait) )*(?:how|what|in what words) (?:do|would|can|could|should|might|must"
    r"|shall) (?:i|we|one) (?:(?:best|ever|actually|possibly|properly) )*(?:(?P<told>(?:tell|ask|get|order|instruct"
    r"|want|have|make|say for) you (?:to )?|(?:say|type|write|phrase it) (?:if i want )?(?:you )?to )"
    r"|go about )?(?P<wish>.+)"
)
_OURS = re.compile(
    r" (?:add|create|make|set|delete|remove|clear|complete|finish|edit|change|move|rename|cancel|schedule|snooze|undo"
    r"|reopen|repeat|postpone|mark|tick|stop)\b.* (?:tasks?|to-dos?|reminders?|events?|lists?|appointments?"
    r"|my calendar|meetings?)(?= |$)"
)


def explain(sentence: Sentence) -> Plan | None:
    """Return the words for what a question asks how to say, None if it asks for nothing of the sort."""
    found = _HOW.fullmatch(sentence.plain)
    if found is None or not (found["told"] or _OURS.match(f" {found['wish']}")):
        return None
    wish = sentence.typed(found.start("wish") - 1, len(sentence.plain)) or found["wish"]
    return Plan(say=f"Say it just like that: *{escaped(wish)}*. I did not do it now; you only asked how.")
