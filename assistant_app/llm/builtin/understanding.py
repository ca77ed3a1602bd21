"""Understands a message: its clauses, what each can mean, and which meaning holds against the user's objects."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant_app.language.extract import extract
from assistant_app.llm.base import Thing
from assistant_app.llm.builtin.acts import adding, asking, changing, finishing, scheduling
from assistant_app.llm.builtin.acts.before import plan_before
from assistant_app.llm.builtin.asides import without_asides, without_once
from assistant_app.llm.builtin.bare import offer, plan_bare
from assistant_app.llm.builtin.clauses import clauses_of, sentences_of, without_tag
from assistant_app.llm.builtin.corrections import without_corrected
from assistant_app.llm.builtin.explaining import explain
from assistant_app.llm.builtin.guarding import changes_only, known_instead, orders_change
from assistant_app.llm.builtin.instructions import Wish, has_condition, hear_wish, is_unwanted
from assistant_app.llm.builtin.intents.frame import Act
from assistant_app.llm.builtin.loosely.reader import loose_readings
from assistant_app.llm.builtin.of_others import is_of_others
from assistant_app.llm.builtin.pairs import separate_errands, separate_reminders
from assistant_app.llm.builtin.plans import Call, Plan, ask_first, call
from assistant_app.llm.builtin.preparing import prepared
from assistant_app.llm.builtin.questions import ADD_TOLD, DO_IT
from assistant_app.llm.builtin.readings import Place, Reading, keywords, read
from assistant_app.llm.builtin.references import Talk
from assistant_app.llm.builtin.sentences import Sentence
from assistant_app.llm.builtin.told import TELLING, find_all_done, find_done, read_told
from assistant_app.llm.builtin.wording import quoted

_BLANKS_BETWEEN, _LINES_BETWEEN = re.compile(r"[^\S\n]{2,}"), re.compile(r"\n{3,}")
_LONGEST = 1000  # Longer texts are pasted, and what stands in them is nobody's wish.
_MOST_SENTENCES = 12
# Patterns with blanks in several places would try every way to share a long run of them.
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n\s*\n")
# A correction that stands for no single word of what was said before.
_UNSURE = re.compile(r"(?:[,;…–—]|\.\.+|\s-)\s*(?:no,? |sorry,? |oops,? |wait,? )*i mean[t]?\b", re.IGNORECASE)
_SAY_AGAIN = "I am not sure what it should be in the end. Say it once more, just as you mean it."
# "Make task 16 repeat" and "task 16 is finished" speak of the one with that number: neither names a new one.
_NOUN = r"(?:the )?(?:task|to-do|todo|item|reminder|event) (?:number |no )?#?(?P<{}>\d{{1,6}})"
_NUMBERED = re.compile(
    rf" (?:make|set|put|let|have|get|mark|flag|give|move|do) {_NOUN.format('first')}(?: .*)?"
    rf"| {_NOUN.format('second')}(?: .*)?"
)
_MISSPELT = 0.15
_SURELY = 0.75  # Score of what is taken for an object that one word mentioned, ...
_LIKELY = 0.5  # ... and that several did.
_NO_WATCH = "I cannot watch for that condition. Tell me a time, or say it without the condition."
_REASON = re.compile(
    r"\s*(?:[,;(]|\s[-–—]\s|\.\.\.)\s*(?:(?:because|since|as|cause|cos|coz)\b|(?:i|we|he|she|they|it|that"
    r"|this)(?:'\w+)?\s"
    r"(?!mean\b|meant\b)|(?:i|we|it|that|they)['’]\w+\s"
    r"|(?:(?-i:[A-Z])\w+|(?:the|my|our|his|her|their) \w+)(?:'s| (?:is|are|isn't|has|had|can't|cannot|won't|said"
    r"|cancelled|canceled|called|moved|broke|needs|wants|got)) |no longer|not needed|all of (?:them|it)|every one"
    r" of them)[^,;]*$",
    re.IGNORECASE,
)
# The text of a note may stand behind a colon, which is no word.
_NOTED = re.compile(
    r"((?:.*\b(?:add|put|attach|leave|write)\b.*\b(?:note|comment)\b.*\b(?:to|on|for)\b"
    r"|(?:note|comment)\s+(?:on|for)\b|.*\badd to (?:the )?notes (?:of|on|for)\b)[^:]+):\s*(.+)",
    re.IGNORECASE,
)
_NOTE_TO = re.compile(
    r"(?:an? |another )?(?:note|comment) (?:to|on|for) (?P<what>[^:]+):\s*(?P<note>.+)", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:and )?(?:add|put|attach|leave|write|make) (?:a |another |this )?(?:note|comment)\s*[:–—-]\s*(.+)",
    re.IGNORECASE,
)
# "The neighbour is nice. Dinner with them on Friday." tells of it, as somebody who talks does.
_TOLD_AROUND = re.compile(
    r" (?:looking forward|(?:i am|we are|it is|it will|it was|this is|that is|he is|she is|they are|we have a|i have a"
    r"|i love|i like|i hope|so excited|can not wait)(?= )"
    r"|(?:the|our|my|his|her|their)(?: \S+){1,3} (?:is|are|was|were) )"
)
_TAKEN_BACK = re.compile(r" (?:not|never) (?:\S+ ){0,2}\S+| again$| (?:is|are) still ")
_REOPENED = re.compile(
    r" (?:re-?open|un(?:check|tick|mark)) (?:it|that|this|them)(?= |$)| open (?:it|that|this"
    r"|them) (?:again|back up)(?= |$)"
)
# "Change the filter every three months" is something to do where nothing is called so.
_RENEWED = re.compile(r" change (?!(?:it|that|this|them) ).* (?:every|each) ")
# "Can you delete tasks?" asks what can be done, and wants nothing deleted.
_ABILITY = re.compile(
    r" (?:add|create|make|set|delete|remove|complete|finish|edit|change|move|rename|cancel|schedule|manage|handle|track"
    r"|read|see|access|keep|do|repeat|snooze|undo)(?: (?:new|recurring|repeating))? (?:tasks?|to-dos?|reminders?"
    r"|events?|lists?|meetings?|appointments?|alarms?|things|my calendar|calendars?|actions|changes|notes)"
)
# "Can you do reminders that repeat?" is about a sort of things.
_OF_A_SORT = re.compile(r" (?:that|which) (?:repeat|recur|come|happen|are (?:recurring|repeating|repeated))\b")
_ABLE = "Yes. Just say it as you would to a person, such as *add milk to groceries* or *cancel the meeting on Friday*."
_PLANNERS: Mapping[Act, Callable[[Reading, Talk], Awaitable[Plan | None]]] = {
    "add": adding.add,
    "add_list": adding.add_list,
    "agenda": asking.agenda,
    "ahead": adding.remind_ahead,
    "alert": changing.alert,
    "clear": finishing.clear,
    "complete": finishing.complete,
    "delete": finishing.delete,
    "delete_list": finishing.delete_list,
    "last": changing.last,
    "list": asking.list_objects,
    "move": changing.move,
    "note": changing.note,
    "place": changing.place,
    "prioritise": changing.prioritise,
    "rename": changing.rename,
    "reopen": finishing.reopen,
    "shift": changing.shift,
    "snooze": changing.snooze,
    "steady": changing.steady,
    "undo": finishing.undo,
    "undue": changing.undue,
    "unlist": changing.unlist,
}


async def understand(text: str, talk: Talk, *, meaning: str = "") -> Plan | None:
    """Return what a message comes to, None if it is about none of the user's objects.

    `meaning` takes the place of the object that its last clause names: the answer to the question which one is meant.
    """
    if scheduled := scheduling.plan_prompt(text, talk):
        return scheduled
    if not (text := _wish_in(text, talk)):
        return None
    if explained := explain(Sentence(text)):
        return explained
    text = separate_errands(prepared(text, talk.lists, talk.last_list), talk.moments)
    text = separate_reminders(text, talk.moments)
    sentences = sentences_of(text)
    if not sentences or len(sentences) > _MOST_SENTENCES:
        return None
    plans: list[Plan] = []
    talk.told_around = (
        any(_TOLD_AROUND.match(sentence.plain) for sentence in sentences) if len(sentences) > 1 else False
    )
    for sentence in sentences:
        plans += await _sentence_plans(sentence, talk, meaning, plans)
    plan = _joined(plans)
    if plan and plan.calls and _UNSURE.search(text):
        return Plan(say=_SAY_AGAIN)
    return plan


def _wish_in(text: str, talk: Talk) -> str:
    """Return a message without what is said beside its wish, empty if none of it can be one."""
    text = _LINES_BETWEEN.sub("\n\n", _BLANKS_BETWEEN.sub(" ", text)).strip()
    if len(text) > _LONGEST:
        return ""
    text, talk.once = without_once(without_asides(text))
    text = without_corrected(_BLANKS.sub(" ", _EMPTY_LINES.sub("\n", text)).strip(), talk.moments)
    return "" if is_of_others(text) else text


async def _sentence_plans(sentence: Sentence, talk: Talk, meaning: str, before: Sequence[Plan]) -> list[Plan]:
    sentence = without_tag(sentence)
    whole, reopens = hear_wish(sentence), bool(_REOPENED.search(sentence.plain))
    veiled, plans = whole.veiled, list[Plan]()
    unwanted = False
    for clause, joined in clauses_of(whole.sentence):
        wish = hear_wish(clause)
        veiled = veiled or wish.veiled
        unwanted = is_unwanted(clause) or (unwanted and joined and not wish.asked)
        wish = replace(wish, talk=wish.talk or veiled or unwanted, asked=wish.asked or whole.asked)
        said = [call for one in (*before, *plans) for call in one.calls]
        plan = None if wish.talk else plan_before(wish.sentence, said, talk.told, talk)
        plan = plan or await scheduling.plan(wish, sentence, talk) or await _plan(wish, talk, meaning)
        talk.told = clause.text
        if plan:
            plans.append(plan)
        named = plan.about or plan.calls if plan else ()
        talk.mentioned[:0] = plan.about if plan and named else await _mentioned(wish.sentence, talk, done=reopens)
    return plans


async def _mentioned(sentence: Sentence, talk: Talk, *, done: bool) -> tuple[Thing, ...]:
    """Return the object that a sentence names, the longest name and the last of them: what follows may call it "it".

    With `done` it is rather one that is done: something behind it opens that again.
    """
    if (done or _TAKEN_BACK.search(sentence.plain)) and (found := await _named_in(sentence, talk, done=True)):
        return found
    return await _named_in(sentence, talk, done=False)


async def _named_in(sentence: Sentence, talk: Talk, *, done: bool) -> tuple[Thing, ...]:
    words = sentence.words
    for count in range(min(5, len(words)), 0, -1):
        for at in range(len(words) - count, -1, -1):
            said = words[at : at + count]
            found = await talk.book.find(" ".join(said), done=done) if _telling(said) else ()
            if count == 1 and found and not _begins_alike(said[0], found[0].title):
                continue
            if found and found[0].score >= (_SURELY if count == 1 else _LIKELY) and not _rivalled(found):
                unclear = talk.unclear_days(found[:1], sentence.text)
                return () if unclear else (talk.dated(found[0], sentence.text),)
    return ()


def _telling(words: Sequence[str]) -> bool:
    """Tell whether words can name something: a short one at their ends is a part of the sentence around them."""
    return len(words[0]) > 3 and len(words[-1]) > 3


def _begins_alike(word: str, title: str) -> bool:
    """Tell whether a title has a word that begins so: "need" alone does not speak of "feed the cat"."""
    return any(own[:3] == word[:3] for own in Sentence(title).words)


def _rivalled(found: Sequence[Thing]) -> bool:
    return len(found) > 1 and found[1].score == found[0].score


async def _plan(wish: Wish, talk: Talk, meaning: str) -> Plan | None:
    """Return the plan of the surest reading that holds."""
    ability = _ABILITY.match(wish.sentence.plain) if wish.asked else None
    if ability and (
        (wish.sentence.asks and ability.end() == len(wish.sentence.plain))
        or _OF_A_SORT.match(wish.sentence.plain, ability.end())
    ):
        return Plan(say=_ABLE)
    weak: Plan | None = None
    deleting = False
    numbered = await _speaks_of_one(wish.sentence, talk)
    for reading in _readings(wish.sentence, talk):
        if (wish.talk and not reading.only_reads) or (numbered and reading.act == "add"):
            continue
        if meaning and "object" in reading.slots:
            reading = replace(reading, slots={**reading.slots, "object": meaning})  # noqa: PLW2901 - the same reading
        plan = await _PLANNERS[reading.act](reading, talk)
        if plan is None:
            continue
        if plan.calls and not reading.only_reads:
            plan = _doubted(plan, wish)
        if plan.sure:
            return plan
        weak = weak or plan
        changing = reading.act in ("delete", "move", "shift") and orders_change(wish.sentence)
        deleting = deleting or (changing and not _RENEWED.match(wish.sentence.plain))
    if wish.talk:
        return await _loosely(wish, talk, meaning) or offer(wish.sentence, talk)
    return (
        await _told(wish.sentence, talk)
        or (None if deleting or changes_only(wish.sentence) else await known_instead(_bare(wish, talk), wish, talk))
        or await known_instead(await _loosely(wish, talk, meaning), wish, talk)
        or await _without_reason(wish, talk, meaning)
        or weak
        or await known_instead(offer(wish.sentence, talk), wish, talk)
    )


async def _speaks_of_one(sentence: Sentence, talk: Talk) -> bool:
    """Tell whether a sentence begins with an object that it names by its number."""
    found = _NUMBERED.fullmatch(sentence.plain)
    number = (found["first"] or found["second"]) if found else ""
    return any(str(thing.number) == number for thing in await talk.book.find(number, done=None)) if number else False


async def _without_reason(wish: Wish, talk: Talk, meaning: str) -> Plan | None:
    """Plan a wish that has its reason behind it: "take milk off the list, I don't want it any more"."""
    found = _REASON.search(wish.sentence.text)
    if found is None or not found.start():
        return None
    plan = await _plan(replace(wish, sentence=Sentence(wish.sentence.text[: found.start()])), talk, meaning)
    return plan if plan and plan.sure else None


async def _loosely(wish: Wish, talk: Talk, meaning: str) -> Plan | None:
    """Return the plan of the first reading by parts that holds surely."""
    place = Place(talk.moments, talk.lists)
    for reading in loose_readings(wish.sentence, place, only_reads=wish.talk):
        if meaning and "object" in reading.slots:
            reading = replace(reading, slots={**reading.slots, "object": meaning})  # noqa: PLW2901 - the same reading
        plan = await _PLANNERS[reading.act](reading, talk)
        if plan is None or not plan.sure:
            continue
        if "found" in reading.slots and not await talk.book.find(reading.slots["about"], done=None):
            continue
        return plan if reading.only_reads or not plan.calls else _doubted(plan, wish)
    return None


def _doubted(plan: Plan, wish: Wish) -> Plan:
    """Keep a change back that is asked about rather than asked for, or wanted in some case only."""
    if has_condition(wish.sentence.text):
        return Plan(say=_NO_WATCH)
    if wish.sentence.asks and not wish.asked:
        return Plan(say=DO_IT, suggestions=("Yes", "No"), sure=False)
    return plan


def _bare(wish: Wish, talk: Talk) -> Plan | None:
    plan = plan_bare(wish.sentence, talk)
    if plan and talk.told_around and not talk.confirmed and any(one.name == "add_event" for one in plan.calls):
        return ask_first(plan, ADD_TOLD.format(what=quoted(wish.sentence.text.rstrip(" .!"))))
    return _doubted(plan, wish) if plan else None


def _readings(sentence: Sentence, talk: Talk) -> Iterator[Reading]:
    """Read a sentence as it is; then, while nothing holds, with a letter wrong, or with its time in front."""
    place = Place(talk.moments, talk.lists)
    if (said := _NOTE.match(sentence.text)) and talk.focus.touched:
        yield from read(Sentence(f"add a note to it saying {said[1]}"), place)
    if said := _NOTE_TO.fullmatch(sentence.text):
        noted = read(Sentence(f"add a note to {said['what']} saying {said['note']}"), place)
        yield from (reading for reading in noted if reading.act == "note")
    if said := _NOTED.match(sentence.text):
        yield from read(Sentence(f"{said[1]} saying {said[2]}"), place)
    yield from read(sentence, place)
    misspelt = sentence.spelled(keywords())
    if misspelt.plain != sentence.plain:
        yield from (replace(reading, score=reading.score - _MISSPELT) for reading in read(misspelt, place))
    yield from _timed_readings(sentence, place)


def _timed_readings(sentence: Sentence, place: Place) -> list[Reading]:
    """Read a sentence that begins with its time, as in "tomorrow at 5 remind me to call mom"."""
    spans = extract(sentence.text, place.moments.now).spans
    if not spans or sentence.text[: spans[0][0]].strip():
        return []
    rest = hear_wish(Sentence(sentence.text[spans[0][1] :].lstrip(" ,:-")))
    time = sentence.text[: spans[0][1]].strip()
    time = time[:1].lower() + time[1:]
    return [
        replace(reading, slots={**reading.slots, "tail": f"{reading.slots.get('tail', '')} {time}".strip()})
        for reading in read(rest.sentence, place)
        if reading.act == "add" and not rest.talk
    ]


async def _told(sentence: Sentence, talk: Talk) -> Plan | None:
    """Plan that a task is done which the person told to have done; with none that fits, nothing changes."""
    told = read_told(sentence) or read_told(sentence.spelled(TELLING))
    if told is None:
        return None
    if things := await find_all_done(sentence, talk) or await find_done(told, talk):
        return Plan(tuple(call("complete_task", task=str(thing.number)) for thing in things), about=things)
    if told.verb not in ("did", "done", "finished", "completed"):
        return None
    return Plan(
        say="Well done. No open task of yours fits that, so I changed nothing.",
        suggestions=("Show my tasks", f"Add {told.object} to my tasks"),
        sure=False,
    )


def _joined(plans: list[Plan]) -> Plan | None:
    """Join the plans of all clauses. Words of a doubtful one are left out where another one acts."""
    calls: list[Call] = []
    for one in (one for plan in plans for one in plan.calls):
        if one not in calls:
            calls.append(one)
    saying = [plan for plan in plans if plan.say and (plan.sure or not calls)]
    if not calls and not saying:
        return None
    suggestions = saying[-1].suggestions if saying else ()
    return Plan(tuple(calls), saying[-1].say if saying else "", suggestions)
