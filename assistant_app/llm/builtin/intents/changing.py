"""Phrases that change what is there: its time, its name, its list, its weight."""

from assistant_app.llm.builtin.intents.frame import frame

MOVING = (
    frame(
        "move",
        "(set|update|make|change) {object} [to be] (due|due on|due by|due at) {when}",
        "put {object} (on|for|to|at) {when} [instead]",
        "{object} to {when}",
        "make {object} (start|begin) (at|on) {when} [instead]",
        "{object} [on|at] {when} instead",
        weight=0.92,
    ),
    frame(
        "move",
        "(do|schedule|plan|leave|put|keep|have|make) {object} [off] (for|on|to|until|till|at) {when} [instead]",
        weight=0.9,
        pointing="yes",
    ),
    frame("move", "(do|schedule|plan) {object} {when}", weight=0.9, pointing="yes"),
    frame(
        "move",
        "[no] (i meant|i mean|rather) {when}",
        "[rather|better|actually] [on|at] {when} instead",
        "{when} (is|would be|works|suits me) better",
        "better [on|at] {when}",
        weight=1.0,
        object="it",
    ),
    frame(
        "move",
        "(i|we) (will|would rather) {object} (on|at|by) {when} instead",
        "(i|we) (will|would rather) {object} {when} instead",
        "{object} (is|are) [now] [on|at|for] {when} instead",
        "remind me [at|on] {when} instead (about|of|to) {object}",
        weight=1.18,
    ),
    frame(
        "move",
        "(give|set) {object} [a] (due date|deadline) (of|on|for|to) {when}",
        "(add|set|put) a (due date|deadline) (of|for) {when} (to|for|on) {object}",
        "(add|set|put) a (due date|deadline) (to|for|on) {object} (of|for|on) {when}",
        weight=1.2,
    ),
    frame(
        "move",
        "{object} (has to|have to|must|should|needs to|ought to) be (done|finished|completed|ready) (by"
        "|on|before|until)"
        " {when}",
        "[the] {object} (deadline|due date) is [now] [on] {when}",
        "[the] [new] (deadline|due date) (of|for|on) {object} is [now] [on] {when}",
        "[the] (deadline|due date) (of|for|on) {object} (has|was|is|got|has been) [been] (moved|changed|extended|pushed"
        "|postponed) [back] to {when}",
        "[the] [a] [new] (deadline|due date) (of|for|on) {object} {when}",
        "(give me|i have|i need|i got|we have) [time] until {when} (for|to finish|with) {object}",
        "(can|could|may) {object} wait (until|till|for) {when}",
        "{object} (can|could) wait (until|till) {when}",
        kind="task",
        weight=1.1,
    ),
    frame("move", "[at|on] {when} instead", weight=0.93, object="it"),
    frame(
        "move",
        "<move> {object} (to|until|till|for|on|onto|by|at|so that it is) {when}",
        "<move> {object} (back|forward|out|up|on|off) (to|until|till) {when}",
        "<move> {object} (from|off) {old} (to|until|till) {when}",
        (
            "<move> [the] (due date|date|deadline|time|start|start time|due time|day) (of|for|on|from) {object} (to"
            "|until|for|as) {when}"
        ),
        "(move|push|reschedule|shift|postpone|delay|bump|defer|make) {object} {when} [instead]",
        "make {object} due [on|by|at] {when}",
        "make {object} [be] (at|on|for|to) {when} [instead]",
        "{object} (is|are) [now|actually] due [on|by|at] {when}",
        "{object} new (due date|deadline|date|time) [is|on|by] {when}",
        "give me (until|till) {when} (for|to do|to finish|with) {object}",
        "{object} [has been|was|is|got] (moved|postponed|rescheduled|pushed|delayed|shifted) to {when}",
        "(let us|i will|i would rather|can we|could we) (do|move|make|push) {object} [to|on|at] {when} [instead]",
        "{object} (can|could) (wait|stay|go|move) [until|till|to|on|for] {when} [instead]",
        "(can|could) {object} (be|start|begin|happen|take place|come|move) [on|at|to|for|moved to] {when} [instead]",
    ),
    frame(
        "move",
        "remind me (about|of|to) {object} {when} instead",
        "remind me (about|of|to) {object} instead {when}",
        "i would (rather|prefer to) be reminded (of|about) {object} [at|on] {when} [instead]",
        "change when you remind me (of|about|to) {object} to {when}",
        "{object} (should|must|has to|needs to|ought to) (be|come|go off|ring|start|take place|happen) [due"
        "|moved to] {when} (from now on|instead|now)",
        "(have|make|let|get|set) {object} [to] (come|come up|go off|ring|start|fire|pop up|buzz|happen|go out"
        "|show up) [at|on|for] {when} [instead|from now on]",
        "{object} (should|must|has to|needs to|ought to) [now] be due [on|at|by|for] {when} [instead|now]",
        "{object} (is|will be) [now] [on|at] {when} instead",
        "[the] new (due date|deadline|date|time) (of|for) {object} is [now] {when}",
        "from now on {object} (should|must|has to|needs to) (be|come|go off|ring|start|take place|happen) {when}",
        weight=1.2,
    ),
    frame(
        "move",
        "{object} (should|must|has to|needs to|ought to) (be|come|go off|ring|start) [due|moved to] [on|at|for] {when}",
        "{object} [now] (leaves|departs|starts|begins|takes place|happens|comes) [now|already|only] {when}",
        "{object} is now {when}",
        weight=0.9,
        told="yes",
    ),
    frame(
        "steady",
        "(stop|cancel|end|turn off|remove|no more|quit) (repeating|recurring|the repeat of|the repetition of"
        "|the recurrence of) {object}",
        "(do not|never) repeat {object} [anymore|any more|any longer|again]",
        "(make|let|have) {object} (not repeat|stop repeating|stop recurring|a one-off|a one off|one-off|non-recurring"
        "|happen only once|just once|once only) [anymore|any more]",
        "{object} should (not|no longer|stop) (repeat|recur|repeating|recurring) [anymore|any more]",
        "(stop|cancel|remove|end|turn off) [the] (repeat|repetition|recurrence|repeating) (of|on|for|from) {object}",
        weight=1.2,
    ),
    frame(
        "move",
        "(repeat|recur) {object} {when}",
        "{object} should (repeat|recur) {when}",
        "(make|have|set|let|get) {object} [to] (repeat|recur|recurring|repeating|happen again|come back"
        "|come again) {when}",
        "(make|have|set|let|get) {object} [to] (repeat|recur|recurring|repeating) {when} (instead|from now on|now)",
        "{object} should (repeat|recur) {when} (instead|from now on|now)",
        "make {object} [a] {when} [recurring] (task|reminder|event|appointment|meeting|thing)",
        weight=1.02,
    ),
    frame(
        "shift",
        "(move|push|shift|postpone|delay|bump|put off|defer|reschedule|push back|push out|put back|move back|extend)"
        " {object} [back|out|off|by|for|back by|out by|off by|off for|forward by] {span} [later]",
        "(make|start) {object} [due] {span} later",
        weight=1.03,
        way="later",
    ),
    frame(
        "shift",
        "(move|push|shift|bring|pull|make|start|bring forward|move forward|move up|pull forward) {object} [forward|up"
        "|up by|forward by|by] {span} (earlier|sooner|ahead)",
        "(move|bring|pull) {object} (forward|up) [by] {span}",
        "make {object} due {span} (earlier|sooner)",
        "bring forward {object} by {span}",
        weight=1.05,
        way="earlier",
    ),
    frame("shift", "{object} {span} later", weight=0.9, way="later", curt="yes"),
    frame("shift", "{object} {span} (earlier|sooner)", weight=0.9, way="earlier", curt="yes"),
    frame(
        "shift",
        "<move> {object} (to|until|till|for|on|onto) [the] (day after|next day|following day|day afterwards) [that"
        "|it] [at {at}]",
        "<move> {object} [by] [a|one] day later [at {at}]",
        kind="",
        weight=1.1,
        way="later",
        span="1 day",
    ),
    frame(
        "shift",
        "<move> {object} (to|on|onto) [the] (day before|previous day) [that|it] [at {at}]",
        weight=1.1,
        way="earlier",
        span="1 day",
    ),
    frame(
        "shift",
        "<move> {object} (to|until|till|for|onto) [the] (week after|following week) [that|it] [at {at}]",
        weight=1.1,
        way="later",
        span="1 week",
    ),
    frame("move", "(postpone|reschedule|delay|push back|put off|move|defer|push) {object}", weight=0.8, when=""),
    frame(
        "move",
        "(change|set|move|push) (its|the) (due date|date|deadline|time|start|day) (to|for) {when}",
        "(due|due on|due by|by) {when}",
        weight=1.05,
        object="it",
    ),
    frame("undue", "(remove|clear|drop) (its|the) (due date|date|deadline)", kind="task", weight=1.16, object="it"),
    frame(
        "last",
        "(make|set|let|have) {object} [be] {span} long [instead]",
        "(make|let|have) {object} (last|take) {span} [instead]",
        "(make|set) {object} [to] {span} [instead]",
        "{object} (should|must|has to|needs to) (last|take|be) {span} [long]",
        "(extend|shorten|stretch|lengthen|cut) {object} [down] to {span}",
        "(change|set) [the] (length|duration) (of|for) {object} to {span}",
        kind="event",
        weight=1.1,
    ),
    frame(
        "last",
        "(extend|lengthen|prolong|stretch|shorten|cut|cut short) {object} (to|until|till) {at}",
        "(make|let|have) {object} [to] (end|finish|stop|be over) [at|by|already at] {at} [instead]",
        "(make|let|have) {object} [to] (last|go on|run|run on|continue|take) (to|until|till) {at} [instead]",
        "{object} (should|must|needs to|has to) (end|finish|stop|last|go on|run|be over) (at|by|to|until|till) {at}",
        "(end|finish|stop) {object} (at|by) {at}",
        "(set|change|move|push) [the] (end|end time|finish|finishing time) (of|for) {object} to {at}",
        kind="event",
        weight=1.1,
    ),
    frame(
        "last",
        "{object} [now] (ends|finishes|lasts|goes on|runs) [now|only|already] (at|to|until|till) {at} [now]",
        kind="event",
        weight=1.0,
        told="yes",
    ),
    frame(
        "last",
        "(extend|lengthen|prolong|stretch) {object} (by|for) {span}",
        "(make) {object} {span} longer",
        kind="event",
        weight=1.1,
        way="longer",
    ),
    frame(
        "last",
        "(shorten|cut|trim) {object} by {span}",
        "make {object} {span} shorter",
        kind="event",
        weight=1.1,
        way="shorter",
    ),
    frame(
        "undue",
        "(remove|delete|clear|drop|unset|take off) [the] (due date|date|deadline|due time) (of|from|for|on) {object}",
        "{object} [has|needs] no (due date|deadline)",
        "{object} (does not|should not|must not) (need|have|need to have) (a|any|the|its) (due date|deadline"
        "|date) [anymore|any more|any longer]",
        "{object} (should have|no longer has|no longer needs) [a|no] (due date|deadline)",
        "take [the] (due date|deadline) off [of] {object}",
        "make {object} (undated|have no due date)",
        kind="task",
        weight=1.15,
    ),
    frame(
        "snooze",
        "snooze {object} [for|by|until|till|to] {span}",
        "snooze {object} (until|till|to|for) {when}",
        "(remind|ask|tell|ping|nag|nudge) me again (about|of|to) {object} (in|after) {span}",
        "(remind|ask|tell|ping|nag|nudge) me again (about|of|to) {object} [at|on] {when}",
        "(remind|ask|tell|ping|nag|nudge) me (about|of) {object} again (in|after) {span}",
        "(remind|ask|tell|ping|nag|nudge) me (about|of) {object} again [at|on] {when}",
        "snooze [for|until|till|to|by] {span}",
        "snooze [for|until|till|to|by] {when}",
        "snooze [{object}]",
        "(remind|ask|tell|ping|nag|nudge|bug|poke) me [about it|about that] again [in] {span}",
        "(remind|ask|tell|ping|nag|nudge|bug|poke) me [about it|about that] again [at|on] {when}",
        "(remind|ask|tell|ping) me (later|again|again later|about it later|about that later)",
        kind="reminder",
        weight=1.15,
    ),
)
NAMING = (
    frame(
        "note",
        "(add|put|attach|write) {note} (to|in|into) (the|its|my) notes",
        weight=1.15,
        object="it",
    ),
    frame(
        "rename",
        "(rename|retitle|reword|rephrase|relabel) {object} (to|as|into) {name}",
        "(change|set|edit|update) [the] (title|name|text|wording|description) (of|for|on) {object} (to|into) {name}",
        "(change|edit|update|reword|rephrase) {object} (to say|to read|so that it says|so it says|so that it reads"
        "|so it reads) {name}",
        "{object} should (be called|say|read) {name}",
        weight=1.1,
    ),
    frame("rename", "(change|set|edit|update) (its|the) (title|name|text) (to|into) {name}", weight=1.15, object="it"),
    frame("rename", "(change|edit|update|correct|make) {object} (to|into) {name}", weight=0.8),
    frame("rename", "(call|name) {object} {name} instead", weight=0.85),
    frame("rename", "(call|name|title) (it|that one) {name} [instead]", weight=0.84, object="it"),
    frame(
        "note",
        (
            "(add|attach|put|leave|write) [<a>] [note|comment|details|description] {note} (as a note|in the notes"
            "|to the notes) (of|on|to|for) {object}"
        ),
        (
            "(add|attach|put|leave|write) [<a>] (note|comment) (to|on|for) {object} (that|saying|that says|about"
            "|with) {note}"
        ),
        "(add|attach|put|leave|write) [<a>] (note|comment) (to|on|for) {known} {note}",
        "(set|change|update) [the] notes (of|on|for) {object} to {note}",
        "note (on|for) {object} (that|saying) {note}",
        "(comment|note) (on|for) {object} (that|saying) {note}",
        "add to [the] notes (of|on|for) {object} (that|saying) {note}",
        "attach [<a>] (note|comment) {note} to {object}",
        "(add|put|leave|write) the (note|comment) {note} (to|on) {object}",
        weight=1.15,
    ),
    frame(
        "place",
        "(set|change|move|update) [the] (place|location|venue|address) (of|for) {object} to {place}",
        "{object} (is|takes place|will be|happens) at [the] {place}",
        "{object} (is|takes place|will be|happens) in [the] {place}",
        "(put|add|set|use|enter|save) {place} as [the] (place|location|venue|address) (of|for) {object}",
        "(put|add|set|enter) [the|a|an] (place|location|venue|address) {place} (to|for|on) {object}",
        "(put|add|set|enter) [the|a|an] (place|location|venue|address) (to|for|on) {object}: {place}",
        "(move|relocate|switch|shift) {object} to [the] {venue}",
        "move {object} to [the] (room|cafe|café|office|restaurant|place) {place}",
        kind="event",
        weight=0.95,
    ),
)
PLACING = (
    frame(
        "place",
        "(put|add|set|use|enter|save|make|note) [the] {place} [down] as [the|its] (place|location|venue)",
        "(set|change|update) (its|the) (place|location|venue) to {place}",
        kind="event",
        weight=1.2,
        object="it",
    ),
)
WEIGHING = (
    frame(
        "prioritise",
        "(make|mark|set|flag|put) {object} [as|to|with|at|on] [a|an|the] {priority} [priority|prio|importance] [again]",
        "(make|set|change|update) [the] (priority|prio) (of|for|on) {object} (to|as) {priority}",
        "(give|assign) {object} [a|an|the] {priority} (priority|prio)",
        "(give|assign) {priority} (priority|prio) to {object}",
        (
            "(raise|lower|bump|increase|decrease|change|drop) [the] (priority|prio) (of|on|for) {object} (to"
            "|as) {priority}"
        ),
        "(change|bump|raise|lower|drop|set) {object} to {priority} [priority|prio]",
        kind="task",
        weight=1.12,
    ),
    frame(
        "prioritise",
        "(set|change|raise|lower|make|put|bump) (its|the) (priority|prio) [to|as] {priority}",
        "(priority|prio) {priority}",
        "{priority} (priority|prio)",
        kind="task",
        weight=1.16,
        object="it",
    ),
    frame(
        "prioritise",
        "(raise|increase|up) (its|the) (priority|prio)",
        weight=1.16,
        kind="task",
        object="it",
        priority="high",
    ),
    frame(
        "prioritise",
        "(lower|decrease|reduce) (its|the) (priority|prio)",
        weight=1.16,
        kind="task",
        object="it",
        priority="low",
    ),
    frame(
        "prioritise",
        "{object} (is|are|has) [now] [a|of] {priority} (priority|prio)",
        kind="task",
        weight=1.0,
    ),
    frame(
        "prioritise", "{object} (is|are) [very|really|now] {priority} [priority]", kind="task", weight=0.9, told="yes"
    ),
    frame(
        "prioritise",
        "(raise|bump up|bump|increase|up) [the] (priority|prio) (of|on|for) {object}",
        "(prioritise|prioritize|star|flag) {object}",
        "(bump|move) {object} up in priority",
        "bump {object} up",
        kind="task",
        weight=1.08,
        priority="high",
    ),
    frame(
        "prioritise",
        "(lower|decrease|reduce) [the] (priority|prio) (of|on|for) {object}",
        "(deprioritise|deprioritize) {object}",
        kind="task",
        weight=1.08,
        priority="low",
    ),
    frame(
        "prioritise",
        "(remove|clear|drop) [the] (priority|prio) (of|from|on|for) {object}",
        "{object} (has|needs) no priority [anymore|any more|any longer]",
        "{object} (does not need|no longer has|no longer needs) [a|any] priority [anymore|any more]",
        kind="task",
        weight=1.15,
        priority="none",
    ),
)
FILING = (
    frame(
        "unlist",
        "(take|move|remove|pull) {object} out of [<my>] {list} list",
        "(take|move|pull) {object} out of [<my>] {known}",
        kind="task",
        weight=1.16,
    ),
    frame(
        "move",
        "(move|put|file|transfer|shift|send|switch|change) {object} [over|across]"
        " (to|on|onto|in|into|under) [<my>] {list} list",
        (
            "(move|put|file|transfer|shift|send|switch|change) {object} (from|out of|off) [<my>] {old} [list] (to|on"
            "|onto|in|into) [<my>] {known} [list]"
        ),
        "(move|put|file|transfer|shift|send|switch|change|add) {object} (to|on|onto|in|into|under) [<my>] {known}",
        "(move|put|file|transfer|shift|send|switch|change) {object} (over|across) (to|into) [<my>] {known}",
        "(move|put|file|transfer|shift|send|switch|change) {object} (to|on|onto|in|into|under) [<my>] {known} [list]"
        " (instead of|rather than|not) [<my>] {old} [list]",
        "{object} (belongs|belong|goes) (to|on|in|into|under) [<my>] {known} [list]",
        "{object} (should|must|needs to|has to|ought to) [actually|really|rather] (be|go|live|belong|sit|move"
        "|be moved|be put) (to|on|onto|in|into|under) [<my>] {known} [list] [instead|not {old}]",
        "{object} belongs (to|on|in|under) [<my>] {known} [list] (instead|not {old})",
        kind="task",
        weight=1.06,
        to="list",
    ),
)
CHANGING = (*MOVING, *NAMING, *PLACING, *WEIGHING, *FILING)
