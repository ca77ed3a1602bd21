"""Phrases that say how much something matters, and in which list it is."""

from assistant_app.llm.builtin.intents.frame import frame

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
