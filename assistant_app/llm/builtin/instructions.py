"""Tells wishes from talk: what is asked of the assistant from what is asked, told, quoted, imagined or refused."""

import functools
import re
from dataclasses import dataclass

from assistant_app.llm.builtin.grammar import compile_phrase
from assistant_app.llm.builtin.sentences import Sentence

_MOST_AROUND = 12  # Polite phrases on one side of a wish; who writes more of them writes no wish.
# What people say around a wish. They may stand one after the other.
_POLITE = (
    (
        "(please|hey|hi|hello|ok|okay|so|well|and|then|also|now|steward|assistant|thanks|oh|um|uh|hm|hmm|yes|yeah"
        "|yep|alright"
        "|next up|all right|great|perfect|cool|just|kindly|quickly|sure|actually|plus|lastly|finally|dear|yo"
        "|nah|nvm|bruh|bro|dude|man|omg|idk|ugh|right"
        "|good morning|good evening|good afternoon|by the way|btw|one more thing|on second thought|on second "
        "thoughts|thank you|sorry|wait|fine|good|but|yay|woohoo|whoops|oops|um|uh|er|erm)"
    ),
    "(hi|hello|hey) there",
    "[hey|ok|okay|hi] (siri|google|alexa|cortana|jarvis|bixby)",
    (
        "(it would be|that would be|would be) [very|really|so] (great|nice|lovely|helpful|good|kind"
        "|awesome) if you (could|would|can)"
    ),
    (
        "i would [really|very much] (appreciate it|be grateful|be glad|be happy|be delighted|love it) if you (could"
        "|would|can)"
    ),
    "(it turns out|turns out|looks like|not now|not yet|not today)",
    (
        "(can|could|would|will) (you|u|we) [please|kindly|just|also|maybe|quickly|possibly|then|now"
        "|perhaps] [be able to|be so kind as to|be so kind and|be so good as to|be a dear and]"
    ),
    "(could|would) you be so kind (as to|to|and)",
    "would it be (possible|okay|ok|all right) [for you] to",
    "(would|do) you mind",
    "[is there] any (chance|way) [that] you (can|could)",
    "(i was|i am|i have been|was) [just] wondering if you (could|can|would|might)",
    "(i wonder|wondering) if you (could|can|would|might)",
    "do you think you (could|can)",
    ("if (it is|that is|this is) (not too much|no|not a) (trouble|bother|problem|to ask|hassle) [for you]"),
    "if you (can|could|would|please|do not mind|would not mind|have time|have a (moment|second|minute))",
    "if (possible|that is possible|it is possible|that is okay|that is ok|it is okay|it is ok|that works)",
    "when you (have|get|find) (a moment|a minute|a second|a chance|time)",
    "i (want|need|would like|would love) [for] you to",
    "(go ahead and|be sure to)",
    "(may|might) i ask you to",
    "(i am asking you|i beg you|i want) to please",
)
_CLOSING = (
    (
        "(please|thanks|thank you|thx|ty|steward|assistant|for me|ok|okay|now|right now|right away|would you|will "
        "you|could you"
        "|can you|if you can|if you could|if possible|if you do not mind|when you can|when you get a chance"
        "|again please"
        "|immediately|straight away|too|as well|also|then|so much|very much|real quick|quickly|instead please"
        "|buddy|mate|k thanks|cheers)"
    ),
)
_FREE = (
    "(do|must|should) not (let me forget|forget) {rest}",
    "(stop reminding|do not remind) me {rest}",
    "[there is|i have|i have got] no need to remind me (of|about|to) {rest}",
    "i would (rather|prefer to) be reminded (of|about) {rest}",
    "i no longer want to be reminded (of|about|to) {rest}",
    "i do not want to be reminded (of|about|to) {rest} (anymore|any more|any longer)",
    "no more {rest} (reminder|reminders|alarm|alarms)",
    "i (do not need|no longer need|did not finish|did not do|did not complete|have not finished|have not done) {rest}",
    "(do not|never) repeat {rest} (anymore|any more|any longer|again)",
    "no need to {rest} (anymore|any more|any longer)",
    "no more reminders {rest}",
    "(i|we) (do not|no longer) want to be reminded {rest}",
    (
        "(i|we) (do not|no longer) want {rest} (on|in) (my|the) (list|tasks|to-do list|todo list) [anymore"
        "|any more|any longer]"
    ),
    (
        "(i|we) (do not have to|do not need|need not|no longer have to|no longer need) {rest} (anymore"
        "|any more|any longer)"
    ),
    "(i|we) no longer (need|have) to {rest}",
    "(i|we) did not {rest} after all",
    "(i|we) (will|would rather) {rest} instead",
    (
        "did (it|that|this|them|those|these|both|all of them) [one|ones] [already|just now|now|today|yesterday|earlier"
        "|a minute ago|just|also|this morning|last night]"
    ),
    "i should not forget {rest}",
    "i (did not|have not) (actually|really) {rest}",
    "i (want|would like|would love|need|have) to be reminded {rest}",
    "i did not (mean|want) {rest}",
    "i (meant|mean) {rest}",
    "i (want|need|would like) (a|an|another) [new] (task|to-do|todo|reminder|list|event) {rest}",
    "(i|we) (want|need|would like|could use) (a|an|another) [new] {rest} list",
    "(i|we) (want|need|would like|could use) (a|an|another) [new] list {rest}",
    "(can|could|may) (i|we) (have|get) (a|another) [new] list {rest}",
    "(can|could|may) (i|we) (have|get) (a|another) [new] {rest} list",
    "(no|no wait|no no) undo {rest}",
    "no undo",
)
# "May I have a new list?" asks for it.
_ASKING_FOR = frozenset({"can", "could", "may"})
# How sentences begin that ask for nothing to be done, whatever stands behind: cases, quotations, thoughts.
_VEILS = (
    (
        "(if|whenever|unless|in case|suppose|supposing|imagine|assuming|assume|provided|once|as soon as|even if"
        "|because|since"
        "|although|though|while|until|hypothetically|theoretically|say|pretend|let us say|let us pretend|what if"
        "|when|before"
        "|after)"
    ),
    "(should|could|can|may|might|shall|would|must) (i|we|he|she|they|it|someone|one|anyone)",
    "(how|why|who|whose|whom|where|which)",
    "what (if|happens|would|will happen|about if|does it mean|is the best|is the difference|are the)",
    "(does|did|have|has|had|is|are|was|were|am) (i|we|you|he|she|they|it|there|this|that|anyone|people)",
    "do (i|we|you|they|people)",
    (
        "(he|she|they|someone|somebody|everyone|everybody|nobody|people|mom|mum|dad|my|our|the|his|her|their"
        "|this|that|it)"
        " [{who}] (said|says|say|told|tells|asked|asks|wants|wanted|wrote|writes|texted|suggested|suggests"
        "|thinks|thought"
        "|keeps|kept|loves|hates|always|never|reads|read|goes|went|insists|claims|means|meant)"
    ),
    "(tell|teach|show|explain|describe|remind) me how",
    (
        "(explain|describe|define|translate|summarize|summarise|compare|spell|pronounce|imagine|pretend"
        "|proofread|rewrite"
        "|paraphrase|quote|recite|sing|guess|analyse|analyze|repeat after me)"
    ),
    (
        "(write|draft|compose) [me] (a|an|the) (poem|message|speech|invitation|toast|tweet|caption|blog post|story|song"
        "|script|function|program|essay|letter|email|haiku|joke|book|novel|code|test)"
    ),
    "(what|which) {rest} (mean|means|stand for|called)",
    "(complete|finish) [the|this|my] (sentence|phrase|quote|lyrics|line|sequence|series|pattern|rhyme|proverb) {more}",
    "the (word|phrase|sentence|title|song|book|movie|film|band|command|button|expression|saying|quote)",
)
# How clauses begin that ask for nothing themselves: refusals, opinions, what is past or only thought of.
_TALK = (
    "(never|do not|did not|does not|please do not|you (must|should|can) not|no need to|not|no)",
    "(maybe|perhaps|possibly|probably|apparently|allegedly|supposedly|honestly|frankly|someday|one day)",
    (
        "(i|we) (might|may|could|would|should|think|thought|wonder|wish|hope|hate|love|like|dislike|enjoy|prefer"
        "|feel|felt|guess"
        "|suppose|believe|doubt|know|knew|remember|forgot|forget|was|were|used to|always|never|usually|often"
        "|sometimes|rarely"
        "|keep|kept|tend|tried|try|can|can not|could not|would not|should not|do not|did not|will|plan|intend"
        "|want|wanted"
        "|meant|considered|decided|read|heard|saw|dream|dreamed|dreamt|regret|fear|refuse|swear|promise|said|told|asked"
        "|wrote|am thinking|am considering|am not|am going to|am about to|am afraid|am glad|am happy|am tired|am sick)"
    ),
    (
        "(yesterday|last week|last month|last year|last night|earlier|earlier today|this morning|the other day|years "
        "ago|once)"
        " (i|we|he|she|they)"
    ),
)
# "Sarah said: push it to Friday" tells what somebody wants.
_REPORTED = re.compile(
    r" (?!(?:i|we|you|please|remind|add|note|who|what) )[\w'-]+ (?:said|says|told|tells|asked|asks|wrote|writes|texted"
    r"|suggested|suggests|thinks|insists|claims|replied|answered|wants)(?= )"
)
_CONDITION = re.compile(
    r"(?<! ask)(?<! check)(?<! see)(?<! out)(?<! know)(?<! sure)(?<! wonder)(?<! verify)(?<! confirm)(?<! decide)"
    r"(?<! \w{3} him)(?<! ask her)(?<! ask them)"
    r" (?:if|unless|in case|provided|assuming|as long as|depending on|only when) (?!possible|needed|necessary)"
)
_UNWANTED = re.compile(
    r" (?:(?:please|but|so|well|no|yesterday|last week|earlier|today) )*(?:(?:never|do not(?! forget| let me)|maybe"
    r"|perhaps)\b"
    r"|(?:i|we) (?:(?:was|were|am|are) (?:not )?(?:going|about|planning|thinking|considering|trying)|(?:might|may"
    r"|could|would"
    r"|did|do|will|can|should|must|have|had|am|was)(?: never| not)(?! forget\b)|might|may|could|would|wanted|used"
    r"|thought about|considered"
    r"|planned|meant|tried|refuse|never)\b)"
)
# A wish in the first person is one only if it is about the assistant's things: "I want to buy a house" is talk.
_OWN_WISH = re.compile(
    r" (?:i want to|i would like to|i would love to|do not forget to|remember to|make sure to|make sure you|be sure to)"
    r"(?= (?:add|create|schedule|reschedule|rename|undo|see|view|mark|set an?|set up|remind) )"
)
# "Can I see my tasks?" asks to be shown them, which changes nothing.
_SEEING = re.compile(
    r" (?:can|could|may) (?:i|we)(?: please| just| quickly)?(?= (?:see|view|look at|check|have a look at"
    r"|take a look at) )"
)
_GERUNDS = {
    "adding": "add", "putting": "put", "creating": "create", "setting": "set", "removing": "remove",
    "deleting": "delete",
    "moving": "move", "marking": "mark", "making": "make", "scheduling": "schedule", "cancelling": "cancel",
    "canceling": "cancel", "completing": "complete", "renaming": "rename", "reminding": "remind", "showing": "show",
    "pushing": "push", "postponing": "postpone", "undoing": "undo", "booking": "book", "telling": "tell",
}  # fmt: skip
_MINDING = re.compile(rf"((?: please| hey| ok)*(?: (?:would|do) you mind)(?: please)?) ({'|'.join(_GERUNDS)})(?= )")
# "You can cross that off" asks for it, though "you can swim" does not.
_ALLOWED = re.compile(
    r" (?:(?:i think|so|now|then) )?(?:you can|you could|you may|let us|please to)(?: (?:now|also|please|then))*"
    r"(?= (?:add|put|cross|tick|check|mark|delete|remove|cancel|move|push|drop|complete|close|rename|schedule|clear) "
    r"(?!(?:new )?(?:tasks|to-dos|todos|reminders|events|lists|things|items|stuff|anything|something)(?: |$)))"
)
# "Remind me what is due" asks for no reminder.
_REMINDED = re.compile(
    r" (?:remind me|(?:tell me|let me know)(?!.* (?:every|each|daily|weekly)\b))"
    r"(?= (?:what|who|whose|where|why|how|which|when (?:is|are|do|does|did)) )"
    r"| (?:tell me|let me know)(?= when (?:the|my|our) .* (?:is|are|starts|begins|takes place)$)"
    r"| remind me(?= when (?:the|my|our) .* (?:is|are)$)"
)
_QUOTED = re.compile(r"^\W*[\"“«][^\"”»]*[\"”»]\W*$|^\s*>")
# What is quoted at the beginning is only spoken of, unless what stands behind it wants something done to it.
_QUOTED_FIRST = re.compile(
    r"^\s*(?:[\"“«][^\"”»]*[\"”»]|'[^']{3,}'(?!\w))\s*[-,:;.…—–]*\s*(?!(?:please |can be )?(?:(?:is|are"
    r"|has been|was) )?"
    r"(?:now |already |all )?(?:done|finished|completed?|due|to|on|in|into|for|at|by|every|today|tomorrow"
    r"|next|as an?)\b)\w",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Wish:
    """A sentence without the politeness around it. `talk` tells that nothing in it may change anything.

    `veiled` tells that nothing behind it in the same sentence may either: it is only imagined, asked or quoted.
    """

    sentence: Sentence
    talk: bool = False
    veiled: bool = False
    asked: bool = False  # Politely: "can you ..." asks for something to be done, though it is a question.


def hear_wish(sentence: Sentence) -> Wish:
    """Take the politeness off, and tell whether what is left can be a wish at all."""
    if _QUOTED.match(sentence.text.strip()) or _QUOTED_FIRST.match(sentence.text):
        return Wish(sentence, talk=True, veiled=True)
    core, asked = _bare(sentence)
    if _fits(_FREE, core):
        return Wish(core, asked=asked or core.words[0] in _ASKING_FOR)
    veiled = bool(_beginning(_VEILS).match(core.plain) or _REPORTED.match(core.plain))
    return Wish(core, veiled or bool(_beginning(_TALK).match(core.plain)), veiled, asked)


def is_unwanted(sentence: Sentence) -> bool:
    """Tell whether a clause only thinks of doing something, or refuses it, with whatever "and" joins to it."""
    return bool(_UNWANTED.match(sentence.plain)) and not _fits(_FREE, sentence)


def has_condition(text: str) -> bool:
    """Tell whether something is to be done only in a certain case, which nobody here could notice."""
    return bool(_CONDITION.search(f" {text.lower()} "))


def _bare(sentence: Sentence) -> tuple[Sentence, bool]:
    asked = False
    if found := _ALLOWED.match(sentence.plain):
        sentence, asked = sentence.after(found.end()), True
    if found := _SEEING.match(sentence.plain):
        sentence, asked = sentence.after(found.end()), False
    sentence = _ordered(sentence)
    for _ in range(_MOST_AROUND):
        if not (found := _beginning(_POLITE).match(sentence.plain)) or found.end() == len(sentence.plain):
            break
        asked = asked or any(word in found[0] for word in (" you", " we", " would it be"))
        sentence = sentence.after(found.end())
    if found := _REMINDED.match(sentence.plain):
        sentence = sentence.after(found.end())
    sentence = _ordered(sentence)
    if found := _OWN_WISH.match(sentence.plain):
        sentence, asked = sentence.after(found.end()), True
    for _ in range(_MOST_AROUND):
        if not (found := _ending().search(sentence.plain)) or not found.start():
            break
        sentence = sentence.before(found.start())
    return sentence, asked


def _ordered(sentence: Sentence) -> Sentence:
    """Write "would you mind adding" as "would you add"."""
    if not (found := _MINDING.match(sentence.plain)):
        return sentence
    rest = sentence.after(found.end(1))
    return Sentence(f"could you {_GERUNDS[found[2]]} {rest.after(len(found[2]) + 1).text}")


def _fits(phrases: tuple[str, ...], sentence: Sentence) -> bool:
    return any(compile_phrase(phrase).fullmatch(sentence.plain) for phrase in phrases)


@functools.cache
def _beginning(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(compile_phrase(phrase).pattern for phrase in phrases)})(?= |$)")


@functools.cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(compile_phrase(phrase).pattern for phrase in _CLOSING)})$")
