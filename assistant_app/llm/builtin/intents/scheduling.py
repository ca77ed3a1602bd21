"""Phrases about what is done by itself. `{rhythm}` repeats, `{when}` is any time, `{name}` names a schedule."""

from typing import Literal

Act = Literal["add_review", "add_summary", "delete", "list", "pause", "resume", "retime", "run", "run_now", "stop"]

_GIVE = "(send|give|show|email|write|prepare|text|deliver|read) [me|us]"
_WANT = "(i want|i would like|i need|i would love|set up|create|add|schedule|start|turn on|switch on|enable|activate)"
_START = "(start|begin|keep) (sending|giving|showing|writing) [me]"
_SUMMARY = "(summary|summaries|briefing|briefings|digest|overview|rundown)"
_OF_DAY = (
    "[of (my|the) (day|agenda|tasks|plans|calendar)|of today|of what is (on|due)|of everything|of what is (on|due)"
    " today|for the day|about my day|of my day ahead]"
)
_DAY = (
    "[a|an|the|my|one] [daily|morning|evening|short|quick|brief|little] [daily|morning] [agenda|day|calendar]"
    f" {_SUMMARY} {_OF_DAY}"
)
_DAILY = f"[a|an|my|the|one] [short|quick|brief] (daily|morning|everyday) {_SUMMARY} {_OF_DAY}"
_NEW_DAILY = f"[a|an|one] [short|quick|brief] daily {_SUMMARY} {_OF_DAY}"
_WHAT_IS_ON = (
    "(what is on|what is on today|what is on for today|what is due|what is due today|what is up|what is planned"
    "|what is coming up|my agenda|my day|my plan|my plans|my plan for the day|what my day looks like"
    "|what i have to do|what i have to do today|what i need to do|what i have today|what i have on|the agenda"
    "|what is ahead)"
)
_TOLD = f"(tell|show|send|give) me {_WHAT_IS_ON}"
_WEEK = (
    "[a|an|the|my] ((weekly|week) (review|recap|retrospective|summary)|(review|summary|recap) of (my|the) week"
    "|(review|summary|recap) of the past week)"
)
_ITSELF = (
    "(on your own|by yourself|by itself|on its own|automatically|without me asking|without being asked|regularly"
    "|in the background|on a schedule|of your own accord)"
)
_REST = (
    "[for now|for|anymore|any more|for the time being|for a while|for a bit|until further notice|until i say so"
    "|until i tell you|please]"
)
_JOBS = "(schedules|scheduled jobs|scheduled prompts|recurring jobs|automations|automatic jobs|regular jobs)"

ADDING: tuple[tuple[Act, tuple[str, ...]], ...] = (
    (
        "add_review",
        (
            f"{{rhythm}} {_GIVE} {_WEEK}",
            f"{_GIVE} {_WEEK} [on|at|for] {{when}}",
            f"{_START} {_WEEK} [on|at] {{when}}",
            f"(i want|i would like|turn on|switch on|enable|activate) {_WEEK} [on|at|for] {{when}}",
            "(send|give) me a weekly (review|recap)",
            f"(set up|create|start|schedule|add) {_WEEK} [on|at|for] {{when}}",
            f"{{rhythm}} (set up|create|start|schedule) {_WEEK}",
            "weekly (review|recap) [on|at|every] {when}",
            f"(i want|i would like|turn on|switch on|enable|activate) {_WEEK}",
        ),
    ),
    (
        "add_summary",
        (
            f"{{rhythm}} {_GIVE} {_DAY}",
            f"{{rhythm}} [i want|i would like|i need] {_DAY}",
            f"{{rhythm}} {_TOLD}",
            f"{_TOLD} {{rhythm}}",
            f"(tell|show|send|give) me {{rhythm}} {_WHAT_IS_ON}",
            f"{_GIVE} {_DAY} {{rhythm}}",
            f"{_WANT} {_DAY} {{rhythm}}",
            f"{_START} {_DAY} {{rhythm}}",
            f"(i want|i would like|i would love) to (get|receive|have|see) {_DAY} {{rhythm}}",
            f"daily {_SUMMARY} {_OF_DAY} {{when}}",
            "{rhythm} brief me [on my day|about my day]",
            "brief me [on my day|about my day] {rhythm}",
            f"{_GIVE} {_DAILY} [for] {{when}}",
            f"{_WANT} {_DAILY} [for] {{when}}",
            f"{_START} {_DAILY} {{when}}",
            f"{_WANT} {_DAILY}",
            f"{_START} {_DAILY}",
            f"(send|email|text|deliver) [me] {_NEW_DAILY}",
        ),
    ),
)
CHANGING: tuple[tuple[Act, tuple[str, ...]], ...] = (
    (
        "list",
        (
            f"what (do|can|will|are) you (do|doing) [for me] {_ITSELF}",
            f"what (runs|happens|do you run|is done) {_ITSELF}",
            f"(which|what) (jobs|{_JOBS}) (are|have been) (scheduled|set up|planned|active|running|on)",
            f"(which|what) {_JOBS} (do i have|are there|have i got|do you have|have i set up|are set up|are running)",
            f"(show|list|see|view) [me] [all] [of] [my|the|your] {_JOBS}",
            f"(show|list|see|view|tell) [me] (what|everything) (is|you do|you run|happens|runs) {_ITSELF}",
            (
                "what (have|did) i (schedule|scheduled|set|set up|told|tell|asked|ask) (you to do|for you to do)"
                f" [{_ITSELF}|regularly|every day|every week]"
            ),
            "what (have|did) i (schedule|scheduled|automate|automated)",
            f"what (is|have you got) (scheduled|set|set up) to (run|happen|be done) [{_ITSELF}]",
            f"what (is|have you got) (scheduled|set up|running) {_ITSELF}",
            (
                "(show|list|see|view) [me] [all] [of] [my|the|your] (scheduled|automatic|automated|recurring) (things"
                "|tasks of yours|prompts|messages|reports|summaries|stuff)"
            ),
            f"what are [my|the|your] {_JOBS}",
            f"do i have [any] {_JOBS}",
            f"(are there|is there) [any] {_JOBS}",
            f"how many {_JOBS} (do i have|are there)",
            f"my {_JOBS}",
            f"when (is|does|will) [my|the] [next] [daily|weekly|morning] ({_SUMMARY}|review) [come|due|coming|run]",
        ),
    ),
    (
        "retime",
        (
            "(move|change|set|shift|reschedule|put|switch|push|postpone) {name} [time] (to|at|for) {when}",
            "(move|change|set|shift) the time of {name} to {when}",
            "(send|give|bring|run|do|deliver|email) [me] {name} [at] {when} (instead|from now on)",
            "i (want|would like|prefer) {name} [at|on] {when} (instead|from now on)",
            "(make|have|let) {name} (come|run|arrive|be) [at|on] {when}",
        ),
    ),
    ("resume", (
        "(resume|unpause|un-pause|restart|continue|reactivate) [with] {name} [again]",
        "(resume|unpause|un-pause) {it}",
        "(turn|switch) {name} (back on|on again)",
        "(turn|switch) (back on|on) {name} again",
        "start sending [me] {name} again",
        "(start|begin|bring back|switch on|turn on|enable) {name} again",
        "(bring|turn|switch) back {name}",
        "bring {name} back",
    )),
    ("stop", (
        "no more {name}",
        "(do not|never) (send|give|show) me {name} [anymore|any more|again|any longer]",
        "i (do not|no longer) (want|need) {name} [anymore|any more|any longer]",
    )),
    ("pause", (
        f"(pause|suspend|mute|halt|hold|disable|stop|turn off|switch off|deactivate) [with] {{name}} {_REST}",
        "take a break from {name}",
        f"(turn|switch) {{name}} off {_REST}",
        f"(pause|suspend) {{it}} {_REST}",
        f"stop (sending|giving|showing|writing) [me] {{name}} {_REST}",
        "put {name} on (hold|pause)",
    )),
    ("run", (
        "(run|trigger|execute|launch) {name} [once]",
        "do {name} (now|right now|at once)",
    )),
    ("delete", (
        "(delete|remove|cancel|erase|drop|scrap|get rid of|kill) {job}",
    )),
)  # fmt: skip
# It has to say "now", which is no part of the phrase.
AT_ONCE: tuple[Act, tuple[str, ...]] = ("run_now", ("(send|give|show) [me] {name}",))
# Read over the whole message: what is asked may be several sentences.
PROMPTS = (
    "{rhythm} [please] (ask|have|let|tell|get) {model} to {prompt}",
    "{rhythm} [please] (have|let|make) [the|my|a|an] {model} {prompt}",
    "{rhythm} [please] (ask|query|prompt) [the|my|a|an] {model} [for|about|with] {prompt}",
    "(ask|tell|have|get) {model} {rhythm} to {prompt}",
    "(ask|tell|get) {model} to {prompt}",
)
