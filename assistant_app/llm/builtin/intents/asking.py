"""Questions and wishes to see: they read, and never change anything.

`{range}` is a day or a stretch of days; `{about}` are words of a title; `{known}` is a list that there is.
"""

from assistant_app.llm.builtin.intents.asking_tasks import TASKS
from assistant_app.llm.builtin.intents.frame import frame

REMINDERS = (
    frame(
        "list",
        (
            "[<show>] [me] [<all>] [of] [<my>] [upcoming|active|open|pending|set|current|next] (reminders|alarms"
            "|alerts) [i have|i set|that are set]"
        ),
        "what (are|is) [<all>] [<my>] [upcoming|active|open|pending|current] (reminders|alarms|alerts)",
        (
            "(what|which) (reminders|alarms|alerts) (do i have|are set|are there|have i got|have i set|did i set|are "
            "active|are coming up) [set|up]"
        ),
        "what (did i ask|have i asked|did i tell|did i want) you to remind me [of|about]",
        "what (are|will) you (going to|remind) [remind] me [of|about]",
        "what (do|should) you [have to|need to] remind me (of|about)",
        "what am i being reminded (of|about)",
        "<has> [any] [upcoming|active|open] (reminders|alarms|alerts) [set|set up|coming up]",
        "what (did i set reminders for|am i supposed to remember)",
        "how many (reminders|alarms|alerts) (do i have|are there|have i got|are set) [set]",
        kind="reminder",
        weight=1.03,
    ),
    frame(
        "list",
        "[<show>] [me] [<all>] [of] [<my>] (reminders|alarms|alerts) (for|on|of|due) {range}",
        "what (are|is) [<my>] (reminders|alarms|alerts) (for|on) {range}",
        "[<show>] [me] [<my>] {range} (reminders|alarms|alerts)",
        (
            "(what|which) (reminders|alarms|alerts) (do i have|are set|are there|have i got|are due|are coming up) "
            "[for|on|in] {range}"
        ),
        "what (did i ask|have i asked) you to remind me (of|about) [on|for] {range}",
        "what (are|will) you (going to|remind) [remind] me (of|about) [on|for] {range}",
        "[<has>] [any] (reminders|alarms|alerts) [for|on|set for|in] {range}",
        "(what|which) (reminders|alarms|alerts) are coming [up] [on|for|in] {range}",
        kind="reminder",
        weight=1.05,
    ),
    frame(
        "list",
        "(did|have) i (ask|asked|tell|told) you to remind me (to|about|of) {about}",
        "(do|did) i have a (reminder|alarm) (for|about|to|set for) {about}",
        "<has> [a|any] (reminder|reminders|alarm) (for|about|to) {about}",
        "when (will|are|do|did) you [going to] remind me (to|about|of) {about}",
        "when is [<my>] {about} (reminder|alarm)",
        "<show> [me] [<my>] {about} (reminder|alarm)",
        "when is [<my>] (reminder|alarm) (for|about|to) {about}",
        "(find|show|search) [me] [<my>] (reminder|reminders) (about|for|to|with) {about}",
        kind="reminder",
        weight=1.05,
    ),
)
EVENTS = (
    frame(
        "list",
        "(who|whom) (am|are) (i|we) (meeting|seeing|visiting|having over|meeting with|having) [with] (on|in"
        "|at|for) {range}",
        "(who|whom) (am|are) (i|we) (meeting|seeing|visiting|having over|meeting with|having) [with] {range}",
        "(who|whom) do (i|we) (meet|see|visit|have over) [on|in|at] {range}",
        kind="event",
        weight=1.0,
    ),
    frame(
        "list",
        "(who|whom|where) (am|are) (i|we) (having|going to|attending) {about} [with] [on|at|in] {range}",
        "with (whom|who) (am|are) (i|we) (having|going to|attending) {about} [on|at|in] {range}",
        "(who|whom|where) (am|are) (i|we) (having|going to|attending) {about} [with]",
        "with (whom|who) (am|are) (i|we) (having|going to|attending) {about}",
        "(is|are) [<my>] {about} (on|happening|taking place|planned|scheduled) [on|for|at] {range}",
        "who is [coming to|at|invited to] [<my>] {about} with",
        kind="event",
        weight=0.95,
        found="yes",
    ),
    frame(
        "list",
        (
            "[<show>] [me] [<all>] [of] [<my>] [upcoming|next|coming|future] (events|appointments|meetings|calendar"
            "|diary) [coming up|i have]"
        ),
        "what (is|are) [all] [on|in] [<my>] [upcoming|next] (calendar|diary|events|appointments|meetings)",
        (
            "(what|which) (events|appointments|meetings) (do i have|are there|have i got|are coming up|are planned"
            "|are scheduled)"
        ),
        "<has> [any] [upcoming] (events|appointments|meetings) [coming up|planned|scheduled]",
        "is (anything|something) on my (calendar|diary)",
        "is my (calendar|diary) (empty|free|clear|full)",
        kind="event",
        weight=1.02,
    ),
    frame(
        "list",
        "[<show>] [me] [<all>] [of] [<my>] (events|appointments|meetings|calendar|diary) (for|on|of|in) {range}",
        "[<show>] [me] [<my>] {range} (events|appointments|meetings|calendar|diary)",
        "what (is|are) [on|in] [<my>] (calendar|diary|events|appointments|meetings) [for|on|in] {range}",
        (
            "(what|which) (events|appointments|meetings) (do i have|are there|have i got|are planned|are scheduled) "
            "[on|for|in] {range}"
        ),
        (
            "<has> [a|any] (event|events|appointment|appointments|meeting|meetings) [planned|scheduled] [on|for|in] "
            "{range}"
        ),
        "how many (events|appointments|meetings) (do i have|are there|have i got) [on|for|in] {range}",
        "is (anything|something) on my (calendar|diary) [for|on|in] {range}",
        kind="event",
        weight=1.04,
    ),
    frame(
        "list",
        "when (is|are) [<my>] {about}",
        "(when|what time|what day|where) <my> {about} (is|are|starts|begins|takes place)",
        "<has> (something|anything|things|stuff|plans|a thing) (about|with|for|regarding|called|concerning"
        "|on|involving) {about}",
        "is there (something|anything) (about|with|for|regarding|called|concerning|involving) {about}",
        (
            "(what time|at what time|what day|which day|on what day) (is|are|does|do) [<my>] {about} [start|begin"
            "|take place]"
        ),
        "where is [<my>] {about}",
        "(when|what time|at what time|what day|which day) (do|does|will|am|are) (i|we) {about}",
        "<show> [me] [<my>] {about} (meeting|appointment|event)",
        "when (do|am|will) i (meet|see|have|meeting|seeing|having) {about}",
        "(when|what time|at what time) (does|do|will) [<my>] {about} (start|begin|take place|happen|be|leave|depart|go"
        "|arrive|land|take off|end|finish|run|get in|open|kick off)",
        "(find|search|look for) [for] [me] [<my>] {about} (appointment|meeting|event)",
        (
            "(find|search|show|look for) [me] [<my>] (appointments|appointment|meetings|meeting|events|event) (with"
            "|about|for|called) {about}"
        ),
        "<has> [a|an|any] (appointment|appointments|meeting|meetings|event|events) (with|about|for|called) {about}",
        "(search|look) [in|through] [<my>] <calendar> for {about}",
        "how long is [<my>] {about}",
        kind="event",
        weight=0.9,
    ),
)
AGENDA = (
    frame(
        "agenda",
        "(on|for) {range}",
        "(run|walk|take|talk) me through [my|the] {range}",
        "<show> [me] {range}",
        "<show> [me] (everything|all|all things|anything|what is there|what there is|what i have|whatever is on)"
        " [on|planned|scheduled|coming up|that is on] [for|on|in|over|during|within|from] {range}",
        "(everything|all) (for|on|in|over|from) {range}",
        "is (anything|something) in [<my>] (calendar|diary|schedule) (for|on|in) {range}",
        "is there (anything|something) in [<my>] (calendar|diary|schedule) (for|on|in) {range}",
        weight=0.96,
    ),
    frame(
        "agenda",
        (
            "what (is|do i have|have i got|have we got|else is) [going|up|planned|scheduled|coming up|coming"
            "|happening] [on|planned|scheduled] [for|on|in] {range}"
        ),
        "what is (on|up|planned|scheduled|happening|going on|coming up|coming) [for|on|in] {range}",
        "what is on (my plate|my mind|the agenda|my agenda|my schedule|the schedule|the program) [for|on] {range}",
        "what do i have on (my plate|my agenda|my schedule) [for|on] {range}",
        "what (is|are) (my|the|our) (plan|plans|schedule|agenda|program|day|planning) [like] [for|on|in] {range}",
        "what does (my day|my schedule|my week|my agenda|my calendar|it) look like [for|on|in] {range}",
        "what does [my|the] {range} look like",
        "how does [my|the] {range} look [like]",
        "how (is|does) (my day|my schedule|my week|my agenda|my calendar) look [like] [for|on|in] {range}",
        "(what about|how about|and) [on|for] {range}",
        "<show> [me] [<my>] (schedule|agenda|plan|plans|day|program) (for|on|of) {range}",
        "<show> [me] [<my>] {range} (schedule|agenda|plan|plans|program)",
        "[my] (schedule|agenda|plan|plans) [for|on] {range}",
        "[my] {range} (schedule|agenda|plan|plans)",
        (
            "[<has>] (anything|something|plans|any plans|stuff) [going] [on|planned|scheduled|coming up|to do] [for"
            "|on|in] {range}"
        ),
        (
            "(is|are) (there|anything|something|there anything|there something) [going] [on|planned|scheduled"
            "|happening] [for|on|in] {range}"
        ),
        "(do i have|have i got) [going|on|planned|scheduled] [on|for] {range}",
        "do i have (time|anything else|to be anywhere) [on|for|in|at] {range}",
        "what (am i doing|are we doing|will i be doing) [on|in|for] {range}",
        "(am|are) (i|we) doing (anything|something) [on|in|at] {range}",
        "can (i|we) (squeeze|fit) (something|anything|that|it|this) in [on|at|for] {range}",
        "what (am i|are we) up to [on|in|at|for] {range}",
        "(brief|update) me (on|for|about) [my|the] {range}",
        weight=0.97,
    ),
    frame(
        "agenda",
        "(am|are) (i|we) (free|busy|available|booked|occupied|open) [on|in|at|for] {range}",
        "(is|are) [my] {range} (free|open|busy|full|clear|available)",
        "do i have [any|some] (time|free time|room) [free] [on|in|at|for] {range}",
        "how (busy|full|free) (am i|is my day|is my schedule) [on|in|for] {range}",
        "how (busy|full|free) is [my] {range}",
        weight=1.02,
        free="yes",
    ),
    frame(
        "agenda",
        "[<show>] [me] [<my>] (agenda|schedule|plan for the day|day|plans)",
        "what (is|are) (my|the) (agenda|schedule|plan|plans|day)",
        "what does (my day|my schedule|my agenda|my calendar|it) look like",
        "how does my day look [like]",
        (
            "what is (on|planned|going on|happening|up for me|on my plate|on the agenda|on my agenda|on my schedule"
            "|on the schedule)"
        ),
        "what do i have (on|planned|going on|scheduled|on my plate|on my agenda|on my schedule)",
        "(brief me|catch me up|daily briefing|give me an overview|overview)",
        "do i have (plans|any plans|anything planned|anything on|anything scheduled)",
        range="today",
    ),
    frame(
        "agenda",
        "what is (next|coming up|coming up next|up next|coming next|upcoming|on next)",
        "what (do i have|have i got) (next|coming up|up next|upcoming)",
        "[what is] [my|the] next (thing|thing to do)",
        "<show> [me] (my|the) next thing",
        "what (comes|should i do|do i do) next",
        "(anything|something) coming up",
        "<has> (anything|something) coming up [soon]",
        "next up",
        "upcoming",
        next="yes",
        range="next 7 days",
    ),
)
NEXT = (
    frame(
        "list",
        "[what is] [my|the] next (event|appointment|meeting|calendar entry)",
        "(when|what|where) is (my|the) next (event|appointment|meeting|calendar entry)",
        "<show> [me] (my|the) next (event|appointment|meeting|calendar entry)",
        "(what|which) (event|appointment|meeting) (is|comes|do i have|have i got) next",
        "what is [the] next [thing|event|appointment|entry] (on|in) [<my>] <calendar>",
        kind="event",
        weight=1.05,
        next="yes",
    ),
)
ASKING = (*NEXT, *TASKS, *REMINDERS, *EVENTS, *AGENDA)
